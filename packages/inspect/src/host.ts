import type { AgentActivity, PersonEvent, WaitReason } from "@samocode/core";
import type { Question } from "@samocode/core/overview";

/** A session that the page may show. */
export interface SessionPlace {
  /** What to type for the session, and what the page calls it. */
  readonly name: string;
  /** The session folder, absolute. */
  readonly folder: string;
}

/** Where a session is, for people. */
export interface SessionReport {
  readonly phase: string;
  /** The state of the machine, such as `waiting.answers`. */
  readonly state: string;
  readonly waitingFor?: string;
  /** What nobody has done in time, so that it is blocked; it may still be done. */
  readonly waitedFor?: WaitReason;
  readonly reason?: string;
  readonly needs?: string;
  /** The questions that wait for an answer. */
  readonly questions: readonly Question[];
  readonly iteration: number;
  readonly costUsd: number;
  /** True if not every iteration has told its cost. */
  readonly costIsLeast?: boolean;
  readonly workingDir?: string;
  /** What is to be done. */
  readonly task?: string;
  /** Of a finished session: what its last agent says has been done. */
  readonly summary?: string;
  /** Of a finished session: what it has made and what to do with it, one line each. */
  readonly outcome?: readonly string[];
  /** What was done to the tests that were last run: removed, skipped, changed. */
  readonly testChanges?: readonly string[];
  readonly lastAction?: string;
  readonly next?: string;
  /** Since when it is waited for a human, else when something last happened; as the history spells it. */
  readonly since?: string;
  /** The run that holds the session now. */
  readonly run?: { readonly pid: number; readonly host: string };
  /** True if that run stops when its agent has ended. */
  readonly stopRequested?: boolean;
  /** What to type to go on with it, where a command does. */
  readonly goOn?: string;
}

/** The limits of a run that the project sets. */
export interface Limits {
  readonly maxRetries: number;
  /** @default none */
  readonly budgetUsd?: number;
}

/** One answer to one question. */
export interface GivenAnswer {
  /** `Q1`. */
  readonly id: string;
  /** The letter of an option, or any text. */
  readonly text: string;
}

/** What came of a person's decision. */
export interface DecisionOutcome {
  /** False if it came too late, or does not apply to the state that the session is in. */
  readonly taken: boolean;
  /** Where the session is now. */
  readonly state: string;
  /** What the person should know beside that. */
  readonly note?: string;
}

/** What is read out of a growing log, one thing that an agent says or does at a time. */
export interface LogReader {
  /** Reads on, and tells what is new. Gives how many bytes that were; 0 if there is nothing new. */
  readonly read: () => number;
  readonly close: () => void;
}

/**
 * What the page needs of the program that it is a part of: everything about sessions that is not
 * just a file to read. The page decides nothing itself.
 */
export interface InspectHost {
  /** The sessions that there are, the newest first. */
  readonly list: () => Promise<readonly SessionPlace[]>;
  /** Where a session is. Files that cannot be read are its `reason`; it throws only when the folder is gone. */
  readonly report: (place: SessionPlace) => SessionReport;
  readonly limits: Limits;
  /** Hands in what a person decides. Resolves when it is on disk, or refused. */
  readonly decide: (place: SessionPlace, event: PersonEvent) => Promise<DecisionOutcome>;
  /** Writes a person's answers. Resolves when they are on disk, or refused. */
  readonly answer: (
    place: SessionPlace,
    answers: readonly GivenAnswer[],
  ) => Promise<DecisionOutcome>;
  /** Asks a session to stop: after the iteration that runs, or at once. */
  readonly stop: (place: SessionPlace, atOnce: boolean) => Promise<DecisionOutcome>;
  /**
   * Opens the log of an iteration, from its start.
   *
   * @throws the error of the file system when it cannot be opened
   */
  readonly openLog: (path: string, tell: (activity: AgentActivity) => void) => LogReader;
}
