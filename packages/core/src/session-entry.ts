import type { HistoryRecord } from "./history.ts";
import type { HistoryTail } from "./history-tail.ts";
import type { OverviewStatus } from "./overview.ts";
import { takeEdit } from "./person-decision.ts";
import {
  blockNeeds,
  phaseRules,
  phases,
  type BlockNeed,
  type Phase,
  type WaitReason,
} from "./phase.ts";
import {
  defaultSettings,
  emptyMemory,
  type Hold,
  type SessionContext,
  type SessionMemory,
  type SessionSettings,
} from "./session-context.ts";
import type { PersonEvent } from "./session-event.ts";
import { areSameLines, ownedStatus } from "./session-status.ts";
import { isStaleCopy, type CopyFacts } from "./stale-copy.ts";
import { gatedPhase, isBeforeGate } from "./phase-gate.ts";
import { parseCost } from "./session-cost.ts";
import { isLimitEnd } from "./usage-limit.ts";

/** What a session is entered with: what it remembers, and what a person has changed since. */
export interface SessionInput extends Partial<SessionMemory> {
  /** True where an iteration was begun and nobody knows how it ended. @default false */
  readonly inFlight?: boolean;
  /** @default false */
  readonly finished?: boolean;
  /** True where a person has asked the run that enters to start nothing more. @default false */
  readonly stopRequested?: boolean;
  /** What a person changed in the overview since the newest record. */
  readonly edit?: Extract<PersonEvent, { type: "edit" }> | undefined;
  readonly planHash?: string | undefined;
  /** In ms since 1970. @default 0 */
  readonly now?: number;
  readonly settings?: Partial<SessionSettings>;
}

/** Makes the context in which a session is entered. */
export function createContext(input: SessionInput = {}): SessionContext {
  const { inFlight = false, finished = false, stopRequested = false, ...found } = input;
  const { edit, now = 0, settings, ...memory } = found;
  const context: SessionContext = {
    ...emptyMemory,
    ...memory,
    limitedUntil: limitEndOf(memory, now),
    attempt: inFlight ? "adopt" : "fresh",
    now,
    isFirstOnApproval: false,
    iterationsOfRun: 0,
    stopRequested,
    finished,
    settings: withFiniteLimits({ ...defaultSettings, ...settings }),
  };
  // An edit says where to go on; that this run is to stop, it does not take back.
  return edit === undefined ? context : { ...context, ...takeEdit(context, edit), stopRequested };
}

function limitEndOf({ limitedUntil = 0 }: Partial<SessionMemory>, now: number): number | undefined {
  return limitedUntil > 0 && isLimitEnd(limitedUntil, now) ? limitedUntil : undefined;
}

/** A limit that is infinite is none: a context must survive as JSON, which has no word for infinity. */
function withFiniteLimits(settings: SessionSettings): SessionSettings {
  const { maxIterations, budgetUsd, maxRetries, ...others } = settings;
  return {
    ...others,
    maxRetries: Math.min(maxRetries, Number.MAX_SAFE_INTEGER),
    ...(Number.isFinite(maxIterations) && { maxIterations }),
    ...(Number.isFinite(budgetUsd) && { budgetUsd }),
  };
}

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
 * tests ran is no person's word.
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

/** Whether what the overview says may be a person's word. */
function isPersons(
  status: OverviewStatus,
  state: HistoryRecord,
  { isBehind = false }: Pick<FolderFacts, "isBehind">,
): boolean {
  // No agent is started before the overview says so: what changed until then is a person's word.
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
