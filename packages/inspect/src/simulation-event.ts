import {
  phases,
  remedies,
  waitReasons,
  type Remedy,
  type SessionEvent,
  type WaitReason,
} from "@samocode/core";

/** Something that may happen to a session, to try out what the machine makes of it. */
export interface TryEvent {
  /** Names it in a path: the event, and what tells it apart from others of its kind. */
  readonly id: string;
  /** As the chart spells it. */
  readonly event: string;
  /** What tells it apart from others of its kind. */
  readonly detail?: string;
  /** The event itself, at this Unix time in ms. */
  readonly create: (at: number) => SessionEvent;
}

const hourMs = 3_600_000;
const message = "tried by hand";

/** Everything that can happen, each in the forms that lead to different places. */
export const tryEvents: readonly TryEvent[] = [
  ...phases.map((phase) => one("signal.continue", phase, { type: "signal.continue", phase })),
  ...waitReasons.map((reason) =>
    one("signal.waiting", reason, { type: "signal.waiting", for: reason }),
  ),
  one("signal.blocked", "", { type: "signal.blocked", reason: message, needs: "human_decision" }),
  one("signal.done", "", { type: "signal.done", summary: message }),
  one("signal.invalid", "", { type: "signal.invalid", problem: "it is not JSON" }),
  one("agent.failed", "can be retried", { type: "agent.failed", message, canRetry: true }),
  one("agent.failed", "cannot recover", { type: "agent.failed", message, canRetry: false }),
  one("agent.timedOut", "", { type: "agent.timedOut", message }),
  one("agent.stalled", "", { type: "agent.stalled", message }),
  {
    id: "agent.limited",
    event: "agent.limited",
    create: (at) => ({ type: "agent.limited", message, until: at + hourMs }),
  },
  one("agent.overBudget", "", { type: "agent.overBudget", message }),
  one("agent.outOfTurns", "", { type: "agent.outOfTurns", message }),
  one("agent.interrupted", "", { type: "agent.interrupted", message }),
  one("agent.lost", "", { type: "agent.lost", message }),
  one("tests.passed", "", { type: "tests.passed" }),
  one("tests.failed", "", { type: "tests.failed", message }),
  one("answer", "the last open question", { type: "answer", open: 0 }),
  one("answer", "others are still open", { type: "answer", open: 1 }),
  one("approve", "", { type: "approve" }),
  one("reject", "", { type: "reject", feedback: message }),
  one("resume", "", { type: "resume" }),
  ...phases.map((phase) => one("resume", phase, { type: "resume", phase })),
  one("stop", "", { type: "stop" }),
  ...phases.map((phase) => one("edit", phase, { type: "edit", phase })),
  one("overview.unreadable", "", { type: "overview.unreadable", message }),
  ...waitReasons.flatMap((reason) => remedies.map((remedy) => unanswered(reason, remedy))),
  { id: "wake", event: "wake", create: () => ({ type: "wake", at: Number.MAX_SAFE_INTEGER }) },
];

function one(event: string, detail: string, value: SessionEvent): TryEvent {
  const suffix = detail === "" ? "" : `:${detail.replaceAll(" ", "_")}`;
  return {
    id: `${event}${suffix}`,
    event,
    ...(detail !== "" && { detail }),
    create: (at) => ({ ...value, at }),
  };
}

function unanswered(reason: WaitReason, remedy: Remedy): TryEvent {
  return {
    id: `unanswered:${reason}:${remedy}`,
    event: "unanswered",
    detail: `${reason}, ${remedy}`,
    create: (at) => ({ type: "unanswered", for: reason, remedy, at }),
  };
}
