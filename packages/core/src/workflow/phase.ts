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

/** One row of the phase table; `Name` is the name of a phase. */
export interface PhaseRow<Name extends string> {
  /** What its agent does, in one sentence. */
  readonly description: string;
  /** Phases that `continue` may name, besides the phase itself. */
  readonly next: readonly Name[];
  /** Those of `next` that take the work back: `maxRework` limits how often. @default none */
  readonly rework?: readonly Name[];
  /** Those of `next` that need passing tests first, if the project has a test command. @default none */
  readonly evidence?: readonly Name[];
  /** Statuses that an agent may answer here. With `done` the session is finished. */
  readonly signals: readonly SignalStatus[];
  /** Iterations that a session may spend here before a person is asked. */
  readonly maxIterations: number;
  /** What a person must do before the session may move to one of `next`. */
  readonly gate?: "plan_approval";
  /** What its agent may write: files of the session alone, or code as well. */
  readonly writes: "session" | "code";
}

/**
 * The phase table, in the order in which a task goes through the phases: the only place that names what a phase is,
 * may and leads to. The statechart, the permissions, the prompts and the documentation follow from it.
 *
 * @example
 * phaseRules.planning.gate; // "plan_approval"
 */
export const phaseRules = definePhases({
  investigation: {
    description: "Understand the task and the code it touches.",
    next: ["planning"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
    writes: "session",
  },
  planning: {
    description: "Write a plan that a person can approve.",
    next: ["implementation"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
    gate: "plan_approval",
    writes: "session",
  },
  implementation: {
    description: "Carry out the plan, with tests and commits.",
    next: ["testing", "quality"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 100,
    writes: "code",
  },
  testing: {
    description: "Show that the work does what the task asks.",
    next: ["quality", "done", "implementation"],
    rework: ["implementation"],
    evidence: ["quality", "done"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 20,
    writes: "code",
  },
  quality: {
    description: "Read the change with fresh eyes and clean it up.",
    next: ["testing", "done"],
    evidence: ["done"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 10,
    writes: "code",
  },
  done: {
    description: "Write the summary.",
    next: [],
    signals: ["done", "blocked"],
    maxIterations: 3,
    writes: "session",
  },
});

/** One step of the workflow. `done` is the phase that writes the summary; after it the session is finished. */
export type Phase = keyof typeof phaseRules;

/** The rules of one phase. */
export type PhaseRule = PhaseRow<Phase>;

/**
 * The phases of a session, in the order in which a task goes through them.
 *
 * @see docs/session-files.md
 * @example
 * phases[0]; // "investigation"
 */
export const phases = Object.keys(phaseRules) as unknown as readonly [Phase, ...Phase[]];

/** Something for each phase, in their order. */
export function mapPhases<Value>(make: (phase: Phase) => Value): Readonly<Record<Phase, Value>> {
  const entries = phases.map((phase) => [phase, make(phase)]);
  return Object.fromEntries(entries) as Readonly<Record<Phase, Value>>;
}

/** How often a session may go back by `rework` before a person is asked. */
export const maxRework = 3;

/** Whether a move takes the work back because a test failed. */
export function isRework(from: Phase, to: Phase): boolean {
  return phaseRules[from].rework?.includes(to) === true;
}

/** True for the name of a phase, spelled exactly. */
export function isPhase(value: unknown): value is Phase {
  return (phases as readonly unknown[]).includes(value);
}

/** What the Python samocode calls two of the phases. */
const oldNames = new Map<string, Phase>([
  ["init", "investigation"],
  ["requirements", "planning"],
]);

/**
 * The phase of this name, also if it is the Python samocode's name for it; nothing if there is none.
 *
 * @example
 * findPhase("requirements"); // "planning"
 */
export function findPhase(name: string): Phase | undefined {
  return isPhase(name) ? name : oldNames.get(name);
}

/** Each row names phases of the table alone. */
function definePhases<Name extends string>(
  rows: Readonly<Record<Name, PhaseRow<NoInfer<Name>>>>,
): Readonly<Record<Name, PhaseRow<Name>>> {
  return rows;
}
