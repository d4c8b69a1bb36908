import type { SecondTry } from "../workflow/second-try.ts";
import type { Remedy } from "../workflow/patience.ts";
import type { BlockNeed, Phase, WaitReason } from "../workflow/phase.ts";
import type { GivenAnswer } from "../overview/qa-keep.ts";
import type { Hold, Note } from "./session-context.ts";

/** What the runner saw while an iteration ran. It comes with the event that ended the iteration. */
export interface IterationFacts {
  /** When the iteration ended, Unix time in ms. */
  readonly at?: number;
  /** What the iteration cost, in US dollars. */
  readonly costUsd?: number;
  /** True if its agent has worked and its end does not tell what that has cost. */
  readonly costUnknown?: true;
  /** Hash of the newest plan file. An approval is bound to it. */
  readonly planHash?: string;
  /** What the next agent must be told. */
  readonly notes?: readonly Note[];
  /** What the agent asks, if its signal waits for answers. */
  readonly asks?: {
    /** `_qa.md`, if it is known what the agent left in it. */
    readonly text?: string;
    /** Why it cannot be put to a human. */
    readonly problem?: string;
  };
}

/** An agent's answer as an event of the machine. */
export type SignalEvent = IterationFacts &
  (
    | { readonly type: "signal.continue"; readonly phase?: Phase }
    | { readonly type: "signal.waiting"; readonly for: WaitReason; readonly phase?: Phase }
    | {
        readonly type: "signal.blocked";
        readonly reason: string;
        readonly needs: BlockNeed;
        readonly phase?: Phase;
      }
    | { readonly type: "signal.done"; readonly summary: string; readonly phase?: Phase }
  );

/** How an iteration ended without an answer that can be taken. */
export type AgentEvent = IterationFacts &
  (
    | { readonly type: "signal.invalid"; readonly problem: string }
    | {
        readonly type: "agent.failed";
        readonly message: string;
        readonly canRetry: boolean;
        /** What a single further try may cure, although `canRetry` is false. */
        readonly secondTry?: SecondTry;
        /** A number from 0 to 1 that spreads the back-off. */
        readonly jitter?: number;
      }
    | { readonly type: "agent.timedOut"; readonly message: string; readonly jitter?: number }
    | { readonly type: "agent.stalled"; readonly message: string; readonly jitter?: number }
    | {
        readonly type: "agent.limited";
        readonly message: string;
        /** When the limit resets, Unix time in ms; absent if that is not known. */
        readonly until?: number;
      }
    | { readonly type: "agent.overBudget"; readonly message: string }
    | { readonly type: "agent.outOfTurns"; readonly message: string }
    | {
        readonly type: "agent.interrupted";
        readonly message: string;
        /** True if the agent had not begun to work: then nothing was spent, and the iteration does not count. */
        readonly unbegun?: boolean;
      }
    | { readonly type: "agent.lost"; readonly message: string }
    | { readonly type: "overview.unreadable"; readonly message: string }
  );

/** What the runner's own run of the test command showed. */
export type EvidenceEvent =
  | { readonly type: "tests.passed"; readonly at?: number }
  | { readonly type: "tests.failed"; readonly message: string; readonly at?: number };

/** What time brings: nobody has done in time what a session waits for. */
export interface UnansweredEvent {
  readonly type: "unanswered";
  readonly for: WaitReason;
  /** What the rule says that is done now. */
  readonly remedy: Remedy;
  /** Unix time in ms. */
  readonly at: number;
}

/** What time brings: a back-off or a usage limit is over. */
export interface WakeEvent {
  readonly type: "wake";
  /** Unix time in ms. */
  readonly at: number;
}

/** What a person decides. `by` names the person or the way it came in. */
export type PersonEvent = { readonly by?: string; readonly at?: number } & (
  | {
      readonly type: "answer";
      /** How many questions are open now. */
      readonly open: number;
      /** The questions that this person has answered, such as `Q1`. */
      readonly answered?: readonly string[];
      /** The same with what was answered. */
      readonly given?: readonly GivenAnswer[];
    }
  | { readonly type: "approve"; readonly planHash?: string; readonly note?: string }
  | { readonly type: "reject"; readonly feedback: string }
  | { readonly type: "resume"; readonly phase?: Phase; readonly note?: string }
  | { readonly type: "stop" }
  | {
      readonly type: "edit";
      readonly phase: Phase;
      readonly hold?: Hold;
      readonly planHash?: string;
    }
);

/** Everything that can happen to a session. */
export type SessionEvent =
  | SignalEvent
  | AgentEvent
  | EvidenceEvent
  | UnansweredEvent
  | WakeEvent
  | PersonEvent;
