/**
 * The phases of a session, in the order in which a task goes through them.
 *
 * @see docs/session-files.md
 * @example
 * phases[0]; // "investigation"
 */
export const phases = [
  "investigation",
  "planning",
  "implementation",
  "testing",
  "quality",
  "done",
] as const;

/** One step of the workflow. `done` is the phase that writes the summary; after it the session is finished. */
export type Phase = (typeof phases)[number];

/** What an agent may answer in a phase: the `status` of a signal. */
export const signalStatuses = ["continue", "waiting", "blocked", "done"] as const;
export type SignalStatus = (typeof signalStatuses)[number];

/** What a session can wait for. `plan_approval` is the gate: only a person opens it. */
export const waitReasons = ["qa_answers", "plan_approval", "file_update", "human_action"] as const;
export type WaitReason = (typeof waitReasons)[number];

/** What a blocked session needs to go on. */
export const blockNeeds = [
  "human_decision",
  "clarification",
  "error_resolution",
  "investigation",
] as const;
export type BlockNeed = (typeof blockNeeds)[number];

/** The rules of one phase. */
export interface PhaseRule {
  /** Phases that `continue` may name, besides the phase itself. */
  readonly next: readonly Phase[];
  /** Statuses that an agent may answer here. */
  readonly signals: readonly SignalStatus[];
  /** Iterations that a session may spend here before a person is asked. */
  readonly maxIterations: number;
  /** What a person must do before the session may move to one of `next`. */
  readonly gate?: "plan_approval";
}

/**
 * The phase table: order, limits, gates and allowed signals.
 * The statechart, the prompts and the documentation are all held against it.
 *
 * @example
 * phaseRules.planning.gate; // "plan_approval"
 */
export const phaseRules = {
  investigation: {
    next: ["planning"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
  },
  planning: {
    next: ["implementation"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
    gate: "plan_approval",
  },
  implementation: {
    next: ["testing", "quality"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 100,
  },
  testing: {
    next: ["quality", "done", "implementation"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
  },
  quality: {
    next: ["testing", "done"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 10,
  },
  done: {
    next: [],
    signals: ["done", "blocked"],
    maxIterations: 3,
  },
} as const satisfies Record<Phase, PhaseRule>;

/** How often a session may go back from testing to implementation before a person is asked. */
export const maxRework = 3;

/** True for one of the six phase names, spelled exactly. */
export function isPhase(value: unknown): value is Phase {
  return (phases as readonly unknown[]).includes(value);
}

/** What the Python samocode calls two of the phases. */
const oldNames = new Map<string, Phase>([
  ["init", "investigation"],
  ["requirements", "planning"],
]);

/**
 * The phase of this name, also where it is the Python samocode's name for it; nothing where there is none.
 *
 * @example
 * findPhase("requirements"); // "planning"
 */
export function findPhase(name: string): Phase | undefined {
  return isPhase(name) ? name : oldNames.get(name);
}
