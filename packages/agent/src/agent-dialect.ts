import type { AgentActivity } from "@samocode/core";
import type { Outcome } from "./outcome.ts";

/** How the output of an agent's program is understood, line by line and at its end. */
export interface AgentDialect<Summary> {
  /** The summary of a stream of which nothing was read. */
  readonly empty: Summary;
  /** A part of each line that must be read however long it is. Other lines over 64 KiB are skipped. */
  readonly largeLinesWith: string;
  /** Reads one line more. Never throws: any program can write anything. */
  readonly read: (
    summary: Summary,
    line: string,
  ) => { readonly summary: Summary; readonly activities: readonly AgentActivity[] };
  readonly progressOf: (summary: Summary) => StreamProgress;
  /** How an iteration ended, by all that is known. */
  readonly judge: (facts: EndFacts<Summary>) => Outcome;
  /** What to do about a program that cannot be started: a sentence for a human. */
  readonly startCure: string;
}

/** How far an agent has come, by its stream. */
export interface StreamProgress {
  /** Whether it has said anything that shows that it works. */
  readonly hasBegun: boolean;
  /** Whether it has reported a result; it may have continued since. */
  readonly hasResult: boolean;
  /** Whether nothing has come after its result that another result must follow. */
  readonly atRest: boolean;
  /** US dollars so far, as far as they were reported. */
  readonly costUsd: number;
  /** Whether its login or key is refused in a way that does not pass. */
  readonly isUnauthorized: boolean;
}

/**
 * Why the agent was stopped by us: the time limit, the idle limit, the budget, a cancel, a key that is not
 * accepted, too much output, or a program that stayed after its work was done.
 */
export type EndCause =
  | "timeout"
  | "idle"
  | "budget"
  | "cancelled"
  | "unauthorized"
  | "flood"
  | "settled";

/** All that is known when an agent has ended. */
export interface EndFacts<Summary> {
  readonly summary: Summary;
  /** Absent if the agent ended by itself. The first cause counts. */
  readonly cause?: EndCause;
  /** False for a process that another one started: nobody can tell its exit code. */
  readonly exitKnown: boolean;
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly stderrTail: string;
  /** When it last wrote something: Unix time in ms. */
  readonly saidAt: number;
  /** How long the agent was followed. */
  readonly ranMs: number;
  /** How long it had written nothing when it ended. */
  readonly silentMs: number;
}
