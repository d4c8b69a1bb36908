import type { HistoryRecord } from "./history.ts";
import type { HistoryTail } from "./history-tail.ts";
import type { OverviewStatus } from "../overview/overview.ts";
import {
  blockNeeds,
  phaseRules,
  phases,
  type BlockNeed,
  type Phase,
  type WaitReason,
} from "../workflow/phase.ts";
import type { Hold, SessionMemory } from "../machine/session-context.ts";
import type { SessionInput } from "../machine/session-input.ts";
import { areSameLines, ownedStatus } from "./session-status.ts";
import { isStaleCopy, type CopyFacts } from "./stale-copy.ts";
import { gatedPhase, isBeforeGate } from "../workflow/phase-gate.ts";
import { parseCost } from "../machine/session-cost.ts";

/** What the session folder shows beside overview and history. */
export interface FolderFacts extends CopyFacts {
  readonly openQuestions: number;
  /** All that were asked, answered or not. @default openQuestions */
  readonly questions?: number;
  readonly planHash?: string | undefined;
}

/**
 * Finds out with what a session is entered: what the newest record remembers, unless a person has
 * decided otherwise in the overview since. What changed while an iteration or the
 * tests ran is no human decision.
 *
 * @example
 * createActor(sessionMachine, { input: readEntry(overview.status, tail, { openQuestions: 0 }) });
 */
export function readEntry(
  status: OverviewStatus,
  { last, state }: HistoryTail,
  facts: FolderFacts,
): SessionInput {
  const { planHash } = facts;
  if (state?.memory === undefined || state.to === undefined) {
    const phase = phaseOf(status, phases[0]);
    const iterations = status.totalIterations ?? (status.iteration ?? 1) - 1;
    const finished = phaseRules[phase].signals.includes("done") && last?.status === "done";
    const hold = holdOf(status, phase, facts);
    const costUsd = parseCost(status.cost ?? "");
    return { phase, hold, iteration: Math.max(0, iterations), costUsd, finished, planHash };
  }
  const { memory, to } = state;
  const inFlight = to.startsWith("working.");
  const input = { ...memory, inFlight, finished: to === "finished", planHash };
  const isUnchanged = !isPersons(status, state, facts) || isSamePlace(status, memory);
  if (isUnchanged || isStaleCopy(status, state, facts)) return input;
  const phase = phaseOf(status, memory.phase);
  const hold = holdOf(status, phase, facts);
  return { ...input, edit: { type: "edit", phase, ...(hold && { hold }) } };
}

/**
 * Whether the Status lines are to be reverted: they are those of an earlier state, and while an agent works or the
 * tests run that is not asked.
 */
export function isStale(
  status: OverviewStatus,
  { state }: HistoryTail,
  facts: Pick<FolderFacts, "isBehind" | "history">,
): boolean {
  return (
    state?.memory !== undefined &&
    isPersons(status, state, facts) &&
    isStaleCopy(status, state, facts)
  );
}

/** Whether what the overview says may be a human decision. */
function isPersons(
  status: OverviewStatus,
  state: HistoryRecord,
  { isBehind = false }: Pick<FolderFacts, "isBehind">,
): boolean {
  // No agent is started before the overview says so: what changed until then is a human decision.
  if (isBehind) return !isReplaced(status, state);
  const { to = "" } = state;
  return !to.startsWith("working.") && to !== "verifying";
}

/** Whether the overview still says what the record was to replace, so that nobody has changed it. */
function isReplaced(status: OverviewStatus, { replaces }: HistoryRecord): boolean {
  return replaces === undefined || areSameLines(status, replaces);
}

function isSamePlace(status: OverviewStatus, memory: SessionMemory): boolean {
  const { phase, blocked, waitingFor } = ownedStatus(memory);
  // Who goes back from the gate changes two lines. `Phase` alone is half of that, and is left for the other half.
  const mayBeHalfDone =
    waitingFor === "plan_approval" && status.phase !== "blocked" && isBeforeGate(status.phase);
  return (
    (status.phase === phase || mayBeHalfDone) &&
    status.blocked === blocked &&
    (status.waitingFor === undefined || status.waitingFor === waitingFor)
  );
}

function phaseOf({ phase }: OverviewStatus, otherwise: Phase): Phase {
  return phase === "blocked" ? otherwise : phase;
}

function holdOf(status: OverviewStatus, phase: Phase, facts: FolderFacts): Hold | undefined {
  if (status.blocked === "waiting_human") {
    return { kind: "waiting", for: status.waitingFor ?? likelyWait(phase, facts) };
  }
  if (status.blocked === "no" && status.phase !== "blocked") return undefined;
  const { reason = "the overview says so", needs } = status;
  return { kind: "blocked", reason, needs: isBlockNeed(needs) ? needs : "human_decision" };
}

/** What a session waits for whose overview does not say: the Python samocode does not write it. */
function likelyWait(phase: Phase, facts: FolderFacts): WaitReason {
  const { openQuestions, questions = openQuestions, planHash } = facts;
  if (openQuestions > 0) return "qa_answers";
  if (phase === gatedPhase && planHash !== undefined) return "plan_approval";
  // Somebody has answered since, and nobody has noted that yet.
  return questions > 0 ? "qa_answers" : "human_action";
}

function isBlockNeed(word: string | undefined): word is BlockNeed {
  return (blockNeeds as readonly (string | undefined)[]).includes(word);
}
