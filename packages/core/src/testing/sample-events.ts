import { remedies } from "../workflow/patience.ts";
import { phases, waitReasons, type Phase } from "../workflow/phase.ts";
import type { SessionEvent } from "../machine/session-event.ts";

const message = "it says why";
const reason = "it cannot go on";

/** What an agent can answer: every signal with every phase and every reason to wait, and nonsense. */
export const signalEvents: readonly SessionEvent[] = [
  ...withEachPhase({ type: "signal.continue" }),
  ...waitReasons.flatMap((reason) => withEachPhase({ type: "signal.waiting", for: reason })),
  ...withEachPhase({ type: "signal.blocked", reason, needs: "clarification" }),
  ...withEachPhase({ type: "signal.done", summary: "it works" }),
  { type: "signal.invalid", problem: "`_signal.json` is empty" },
];

/** How an iteration can end without an answer. */
export const agentEvents: readonly SessionEvent[] = [
  { type: "agent.failed", message, canRetry: true },
  { type: "agent.failed", message, canRetry: false },
  { type: "agent.timedOut", message },
  { type: "agent.stalled", message },
  { type: "agent.limited", message, until: 60_000 },
  { type: "agent.overBudget", message },
  { type: "agent.outOfTurns", message },
  { type: "agent.lost", message },
  { type: "agent.interrupted", message },
  { type: "agent.interrupted", message, unbegun: true },
];

/** What the runner itself can find out: by the test command, and about the overview. */
export const runnerEvents: readonly SessionEvent[] = [
  { type: "tests.passed" },
  { type: "tests.failed", message: "1 failed, 13 passed" },
  { type: "overview.unreadable", message: "no Status section" },
];

/** What time can bring: that nobody has acted, long ago or too early. */
export const timeEvents: readonly SessionEvent[] = waitReasons.flatMap((reason) =>
  remedies.flatMap((remedy): SessionEvent[] => [
    { type: "unanswered", for: reason, remedy, at: 100_000_000 },
    { type: "unanswered", for: reason, remedy, at: 0 },
  ]),
);

/** What time brings to a session that backs off, or waits for a limit to end. */
const wakeEvents: readonly SessionEvent[] = [
  { type: "wake", at: 100_000_000 },
  { type: "wake", at: 0 },
];

/** What a person can decide beside editing the overview. */
export const personEvents: readonly SessionEvent[] = [
  { type: "answer", open: 0 },
  { type: "answer", open: 1 },
  { type: "answer", open: 1, answered: ["Q1"] },
  { type: "approve" },
  { type: "approve", note: "small commits please", planHash: "plan-1" },
  { type: "reject", feedback: "too large" },
  ...withEachPhase({ type: "resume" }),
  ...withEachPhase({ type: "resume", note: "try again" }),
  { type: "stop" },
];

/** Every decision that a person can write into the overview. */
export const editEvents: readonly SessionEvent[] = phases.flatMap((phase): SessionEvent[] => [
  { type: "edit", phase },
  ...waitReasons.map((reason): SessionEvent => ({
    type: "edit",
    phase,
    hold: { kind: "waiting", for: reason },
  })),
  { type: "edit", phase, hold: { kind: "blocked", reason, needs: "human_decision" } },
]);

/**
 * Everything that can happen to a session, as one flat list of samples: each event with every phase and reason that it
 * may name.
 *
 * @example
 * sessionEvents.filter(({ type }) => type === "approve").length; // 2
 */
export const sessionEvents: readonly SessionEvent[] = [
  ...signalEvents,
  ...agentEvents,
  ...runnerEvents,
  ...timeEvents,
  ...wakeEvents,
  ...personEvents,
  ...editEvents,
];

type PhasedEvent = Extract<SessionEvent, { phase?: Phase }>;

function withEachPhase(event: Exclude<PhasedEvent, { type: "edit" }>): readonly SessionEvent[] {
  return [event, ...phases.map((phase): SessionEvent => Object.assign({}, event, { phase }))];
}
