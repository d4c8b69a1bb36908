import type { SecondTry } from "../workflow/second-try.ts";
import type { Patience, Wait } from "../workflow/patience.ts";
import type { Asking } from "../overview/qa-keep.ts";
import {
  mapPhases,
  phases,
  type BlockNeed,
  type Phase,
  type WaitReason,
} from "../workflow/phase.ts";

/** What keeps a session from going on until a person acts. */
export type Hold =
  | { readonly kind: "waiting"; readonly for: WaitReason }
  | {
      readonly kind: "blocked";
      readonly reason: string;
      readonly needs: BlockNeed;
      /** What nobody has done in time: it may still be done, and then the session goes on. */
      readonly waitedFor?: WaitReason | undefined;
    };

/** Who is said to have approved a plan that no person has: the flag that a run was given for it. */
export const autoApprover = "--auto-approve";

/** A human approval of the plan. */
export interface Approval {
  readonly by: string;
  /** When, Unix time in ms. */
  readonly at: number;
  /** Hash of the plan that was approved; absent if no plan file was found. */
  readonly planHash?: string | undefined;
  /** True as soon as an implementation iteration has started on it. From then on it cannot lapse. */
  readonly used: boolean;
}

/** Something that the next agent is told. */
export interface Note {
  /** In samocode's own words: one line, with no text from a file, an agent or a person in it. */
  readonly about: string;
  /** What a file, an agent, a test or a person said. */
  readonly text?: string | undefined;
}

/** Costs in US dollars by phase. */
export type PhaseCosts = Partial<Readonly<Record<Phase, number>>>;

/** What a session remembers over a restart. Every history record carries it. */
export interface SessionMemory {
  /** The phase of the session; where it goes on after waiting, blocked or paused. */
  readonly phase: Phase;
  readonly hold?: Hold | undefined;
  /** The wait for a person, while there is one. */
  readonly wait?: Wait | undefined;
  /** Number of the newest iteration, counted over the whole session; 0 before the first. */
  readonly iteration: number;
  /** Iterations in which an agent worked in each phase, since a person last decided to go on there. */
  readonly counts: Readonly<Record<Phase, number>>;
  /** How often the session went back to repair what a test showed. */
  readonly rework: number;
  /** Failed attempts in a row: those that may be made again and again. */
  readonly failures: number;
  /** What one more try was made for since the last answer. */
  readonly secondTries?: readonly SecondTry[] | undefined;
  /** Cost of all iterations in US dollars. */
  readonly costUsd: number;
  /** True if an iteration has ended without telling what it had cost: then it has cost more. */
  readonly costIsLeast?: boolean | undefined;
  /** The same by phase, of the phases that have cost something. */
  readonly phaseCosts?: PhaseCosts | undefined;
  /** A note for the next agent, oldest first. */
  readonly notes: readonly Note[];
  readonly approval?: Approval | undefined;
  /** An approval that counts no more, for the plan was changed after it; until a person decides again. */
  readonly lapsed?: Approval | undefined;
  /** What was wrong with the signal of the running iteration, while it is being repaired. */
  readonly problem?: string | undefined;
  /** Where the session goes when the test command passes, while that is being verified. */
  readonly next?: Phase | undefined;
  /** When to ask again after a usage limit, Unix time in ms. */
  readonly limitedUntil?: number | undefined;
  /** Usage limits in a row. */
  readonly limits?: number | undefined;
  /** What was asked, from the end of the iteration that asked it to the start of the next one. */
  readonly asking?: Asking | undefined;
}

/** What decides besides the session itself: the settings of one run. */
export interface SessionSettings {
  /** Failed attempts in a row that are made again; with 0 nothing is. @default 3 */
  readonly maxRetries: number;
  /** First back-off in ms; it doubles with each failure, up to an hour. @default 5000 */
  readonly retryDelayMs: number;
  /** Iterations of this one run in which an agent works. @default no limit */
  readonly maxIterations?: number | undefined;
  /** Cost limit for the whole session, in US dollars. @default no limit */
  readonly budgetUsd?: number | undefined;
  /** Open the plan gate without a person. It is recorded as such. @default false */
  readonly autoApprove: boolean;
  /** Whether a test command guards the way out of testing and quality. @default false */
  readonly verifies: boolean;
  /**
   * What becomes of a wait when nobody acts; `wait` if nothing is named.
   * @default what the last run said that had a rule
   */
  readonly patience?: Readonly<Partial<Record<WaitReason, Patience>>> | undefined;
}

/** How the running iteration was begun: fresh, to repair its signal, or reattached after a crash. */
export type Attempt = "fresh" | "mend" | "adopt";

/** Everything that the machine decides on. */
export interface SessionContext extends SessionMemory {
  readonly attempt: Attempt;
  /** Hash of the newest plan file. */
  readonly planHash?: string | undefined;
  /** The time of the newest event, Unix time in ms. */
  readonly now: number;
  /** When the next try is due after a failed one, Unix time in ms. */
  readonly retryAt?: number | undefined;
  /** True if the running iteration is the first one on its approval. */
  readonly isFirstOnApproval: boolean;
  /** Iterations of this run in which an agent worked, the running one included. */
  readonly iterationsOfRun: number;
  readonly stopRequested: boolean;
  readonly finished: boolean;
  /** What was built and how it was proven, in the words of the last agent. */
  readonly summary?: string | undefined;
  readonly settings: SessionSettings;
}

/** What an actor of the machine leaves when its session is finished. */
export interface SessionOutput {
  /** Nothing if the session was finished before the actor started. */
  readonly summary?: string | undefined;
  readonly iterations: number;
  /** In US dollars. */
  readonly costUsd: number;
}

/** What a session remembers before its first iteration. */
export const emptyMemory: SessionMemory = {
  phase: phases[0],
  iteration: 0,
  counts: mapPhases(() => 0),
  rework: 0,
  failures: 0,
  costUsd: 0,
  notes: [],
};

export const defaultSettings: SessionSettings = {
  maxRetries: 3,
  retryDelayMs: 5000,
  autoApprove: false,
  verifies: false,
};

/** Takes from a context what must survive a restart. */
export function memoryOf(context: SessionContext): SessionMemory {
  const { phase, iteration, counts, rework, failures, costUsd, phaseCosts, notes } = context;
  const { costIsLeast, hold, wait, approval, lapsed, problem, next } = context;
  const { secondTries, limitedUntil, limits, asking } = context;
  return {
    phase,
    ...(hold && { hold }),
    ...(wait && { wait }),
    iteration,
    counts,
    rework,
    failures,
    ...(secondTries && { secondTries }),
    costUsd,
    ...(costIsLeast === true && { costIsLeast }),
    ...(phaseCosts && { phaseCosts }),
    notes,
    ...(approval && { approval }),
    ...(lapsed && { lapsed }),
    ...(problem !== undefined && { problem }),
    ...(next && { next }),
    ...(limitedUntil !== undefined && { limitedUntil }),
    ...(limits !== undefined && { limits }),
    ...(asking && { asking }),
  };
}
