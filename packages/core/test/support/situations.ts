import {
  phaseRules,
  phases,
  maxRework,
  waitReasons,
  type Phase,
  type WaitReason,
} from "../../src/workflow/phase.ts";
import { emptyMemory } from "../../src/machine/session-context.ts";
import type { SessionInput } from "../../src/machine/session-input.ts";
import { enter, play, type Played } from "./session-play.ts";

const message = "it says why";
const approval = { by: "a person", at: 0, used: true };
const late: SessionInput = { phase: "testing", approval };

/** Every state that a session can be in between two events, in the order of the workflow. */
export const stateNames = [
  ...phases.map((phase) => `working.${phase}` as const),
  "verifying",
  "waiting.answers",
  "waiting.approval",
  "waiting.file",
  "waiting.action",
  "retrying",
  "limited",
  "paused",
  "failed",
  "blocked",
  "finished",
] as const;
export type StateName = (typeof stateNames)[number];

/** Puts a session into a state: past the gate, in testing, unless the state or the input says otherwise. */
export function reach(state: StateName, input: SessionInput = {}): Played {
  const run = (more: SessionInput) => enter({ ...late, ...more, ...input });
  switch (state) {
    case "working.investigation":
    case "working.planning":
      return enter({ phase: phaseOf(state), inFlight: true, ...input });
    case "working.implementation":
    case "working.testing":
    case "working.quality":
    case "working.done":
      return run({ phase: phaseOf(state), inFlight: true });
    case "verifying":
      return run({ next: "quality" });
    case "waiting.answers":
      return run({ hold: { kind: "waiting", for: "qa_answers" } });
    case "waiting.approval":
      return run({ phase: "planning", hold: { kind: "waiting", for: "plan_approval" } });
    case "waiting.file":
      return run({ hold: { kind: "waiting", for: "file_update" } });
    case "waiting.action":
      return run({ hold: { kind: "waiting", for: "human_action" } });
    case "retrying":
      return play(run({ inFlight: true }), { type: "agent.stalled", message });
    case "limited":
      return run({ limitedUntil: 60_000 });
    case "paused":
      return play(run({ inFlight: true }), { type: "agent.interrupted", message });
    case "failed":
      return play(run({ inFlight: true, failures: 3 }), { type: "agent.stalled", message });
    case "blocked":
      return run({ hold: { kind: "blocked", reason: "2 tests fail", needs: "clarification" } });
    case "finished":
      return run({ phase: "done", finished: true });
  }
}

/** Something that can be so beside the state, and that can change what an event leads to. */
export interface Situation {
  readonly label: string;
  readonly meaning: string;
  readonly input: SessionInput;
  /** What an edit leads to then is said once for all states. */
  readonly isBeforeGate?: true;
}

const afterMs = 3_600_000;

function underRule(remedy: "remind" | "block"): SessionInput {
  const rules = waitReasons.map((reason) => [reason, { remedy, afterMs }]);
  return { settings: { patience: Object.fromEntries(rules) } };
}

function notInTime(waitedFor: WaitReason): SessionInput["hold"] {
  return { kind: "blocked", reason: "nobody has acted", needs: "human_decision", waitedFor };
}

const allSpent = Object.fromEntries(
  phases.map((phase) => [phase, phaseRules[phase].maxIterations]),
);

export const situations: readonly Situation[] = [
  {
    label: "no iteration left",
    meaning: "the phase that is asked for has had all its iterations",
    input: { counts: { ...emptyMemory.counts, ...allSpent } },
  },
  {
    label: "reworked before",
    meaning: `the work has gone back ${maxRework} times`,
    input: { rework: maxRework },
  },
  {
    label: "budget spent",
    meaning: "the session has cost its `--budget`",
    input: { costUsd: 5, settings: { budgetUsd: 5 } },
  },
  {
    label: "run over",
    meaning:
      "`stop` was asked for, `--max-iterations` are used up, or no run is on and a command decides",
    input: { settings: { maxIterations: 0 } },
  },
  {
    label: "just begun",
    meaning:
      "this run has begun the iteration: it neither repairs a signal nor has it taken it over",
    input: {},
  },
  {
    label: "test command",
    meaning: "`TEST_COMMAND` is set",
    input: { settings: { verifies: true } },
  },
  {
    label: "repaired before",
    meaning: "the signal of this iteration has been refused once",
    input: { problem: "`_signal.json` is empty" },
  },
  {
    label: "no retry left",
    meaning: "`--max-retries` iterations in a row have failed",
    input: { failures: 3 },
  },
  {
    label: "auto-approve",
    meaning: "the run was given `--auto-approve`",
    input: { settings: { autoApprove: true } },
  },
  {
    label: "to remind",
    meaning: "the run has the rule `remind after T` for this wait, and the time is over",
    input: underRule("remind"),
  },
  {
    label: "to suggest",
    meaning: "the run has the rule `suggestions after T` for this wait, and the time is over",
    input: { settings: { patience: { qa_answers: { remedy: "suggestions", afterMs } } } },
  },
  {
    label: "to block",
    meaning: "the run has the rule `block after T` for this wait, and the time is over",
    input: underRule("block"),
  },
  {
    label: "not answered in time",
    meaning: "it is blocked because nobody has answered its questions",
    input: { hold: notInTime("qa_answers") },
  },
  {
    label: "not approved in time",
    meaning: "it is blocked because nobody has approved or rejected its plan",
    input: { phase: "planning", approval: undefined, hold: notInTime("plan_approval") },
    isBeforeGate: true,
  },
  {
    label: "gate closed",
    meaning: "the session is before the plan gate",
    input: { phase: "planning", approval: undefined },
    isBeforeGate: true,
  },
];

/** The state in a situation; nothing if the two cannot be together. */
export function reachIn(state: StateName, { input, label }: Situation): Played | undefined {
  if (label === "gate closed" && (state.startsWith("working.") || state === "verifying")) return;
  // A working session whose run is over has begun the last iteration that the run may begin.
  const isLast = label === "run over" && state.startsWith("working.");
  const isFresh = label === "just begun" && state.startsWith("working.");
  if (isFresh) return reach(state, { inFlight: false });
  const now = reach(state, isLast ? { inFlight: false, settings: { maxIterations: 1 } } : input);
  return now.state === state ? now : undefined;
}

function phaseOf(state: `working.${Phase}`): Phase {
  return phases.find((phase) => state === `working.${phase}`) ?? "done";
}
