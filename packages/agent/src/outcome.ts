import type { SecondTry, Tokens } from "@samocode/core";

/** What went wrong with an agent: stable words for the history, events and tests. */
type FailureKind =
  /** The program could not be started. */
  | "start"
  /** It refused its command line or its surroundings before it did anything. */
  | "rejected"
  /** No login, or a key that is not accepted. */
  | "authentication"
  | "billing"
  | "model"
  | "prompt-too-long"
  | "invalid-request"
  /** The model declined. */
  | "refusal"
  /** The conversation to continue is not there. */
  | "unknown-session"
  /** A hook ended the conversation. */
  | "hook-stopped"
  | "rate-limit"
  | "overloaded"
  | "server"
  | "connection"
  /** One answer was longer than the model may give. */
  | "output-too-long"
  /** A kill signal, or an interruption, from somewhere else. */
  | "killed"
  /** The stream broke off. */
  | "no-result"
  /** An exit code that is not 0. */
  | "exit"
  /** More output than the log may hold. */
  | "flood"
  /** A process that the agent left running cannot be ended. */
  | "strays"
  /** An error that the agent's program reports and that is none of the others. */
  | "agent";

/** A failure: whether the same attempt can pass later, and if not, what a human can do. */
export interface Failure {
  readonly kind: FailureKind;
  readonly canRetry: boolean;
  /** What a single further try may cure, when trying again and again would not help. */
  readonly secondTry?: SecondTry;
  readonly message: string;
  /** What to do about it: one sentence or two for a human. */
  readonly cure?: string;
}

/** What an iteration cost and which conversation it was, as far as that is known. */
export interface Spent {
  /** US dollars of this process. Unknown if it died before its result. */
  readonly costUsd?: number;
  /** Whether the agent was charged for something without saying how much. */
  readonly costUnknown?: true;
  readonly turns?: number;
  readonly tokens?: Tokens;
  /** The id under which this conversation can be continued. */
  readonly conversation?: string;
}

/** How an iteration ended. */
export type Outcome = Spent &
  (
    | {
        readonly type: "finished";
        /** What it is if the agent left no valid signal: its result, or its exit, is not beyond doubt. */
        readonly withoutSignal?: Failure;
      }
    | ({ readonly type: "failed" } & Failure)
    /** The agent died in its work while no runner watched it; one that was stopped did not. */
    | { readonly type: "lost" }
    /** A usage limit; `until` is a Unix time in ms, absent if it is not known. */
    | { readonly type: "limited"; readonly until?: number; readonly message: string }
    | { readonly type: "timedOut"; readonly afterMs: number }
    | { readonly type: "stalled"; readonly afterMs: number }
    | { readonly type: "overBudget"; readonly message: string }
    | { readonly type: "outOfTurns"; readonly message: string }
    | { readonly type: "interrupted" }
  );
