import { z } from "zod";
import type { Deadline, NoticeContent } from "./notice.ts";

/**
 * What people receive about a session: its state, with everything needed to decide.
 *
 * Text of agents and files in it is fit to be shown: no control characters, no known secrets.
 */
export type Notice = NoticeContent & {
  /**
   * Stays the same as long as the session is where this notice says, and changes with what is to be decided
   * (another plan, another reason). A decision names it. At most 12 of `A-Z a-z 0-9 - _`.
   */
  readonly id: string;
  /** What to type for the session. */
  readonly session: string;
  /** Tells the session apart from all others of this person; as short as `id`. */
  readonly sessionId: string;
  /** The session folder. */
  readonly folder: string;
  readonly phase: string;
  readonly iteration: number;
  readonly costUsd: number;
  /** One line: the session and where it is. */
  readonly title: string;
  /** All of it as plain text, for channels that only pass it on. */
  readonly text: string;
  /** True if it was told before and nobody has acted since. */
  readonly reminder?: boolean;
  /** When a person must have acted, if there is a rule for that. */
  readonly deadline?: Deadline;
};

const decided = z.object({
  sessionId: z.string(),
  /** Who, and on which way it came in, such as `telegram:ada`. It is recorded. */
  by: z.string(),
});

const answering = decided.extend({
  /** The `id` of the notice that was answered: an approval is bound to the plan that was shown. */
  noticeId: z.string(),
});

/**
 * What a person decides. All but `stop` answer a notice, and are refused once the session is elsewhere.
 *
 * @example
 * Decision.parse({ type: "stop", sessionId: "Zk3", by: "telegram:ada" }).type; // "stop"
 */
export const Decision = z.discriminatedUnion("type", [
  answering.extend({ type: z.literal("answer"), question: z.string(), text: z.string() }),
  answering.extend({ type: z.literal("suggestions") }),
  answering.extend({ type: z.literal("approve") }),
  answering.extend({ type: z.literal("reject"), feedback: z.string() }),
  answering.extend({ type: z.literal("resume"), note: z.string().optional() }),
  decided.extend({ type: z.literal("stop") }),
]);
export type Decision = z.infer<typeof Decision>;

/** What came of a decision. */
export interface DecisionReply {
  /** False if it came too late, twice, or for a session that is not there. Nothing has changed then. */
  readonly taken: boolean;
  /** For the person who decided, in a sentence or two. */
  readonly text: string;
  /** Where the session is now; absent if there is no such session. */
  readonly now?: Notice;
}

/**
 * Where a channel hands in what people say, and asks how sessions are. It serves the sessions that are told
 * to the channel's own audience, also those that another process runs.
 */
export interface Desk {
  /** Resolves when the decision is on disk, or refused. It works whether or not the session runs. */
  readonly decide: (decision: Decision) => Promise<DecisionReply>;
  /** Finds a session by what one types for it, by its folder's name or by its `sessionId`. */
  readonly find: (session: string) => Promise<Notice | undefined>;
  /** All sessions, the newest first. */
  readonly list: () => Promise<readonly Notice[]>;
  /** The desk of another audience, where a process of this person tells one under the same `listensAs`. */
  readonly of: (audience: string) => Promise<Desk | undefined>;
  /** To be called once all is handed in that people said before the channel listened. */
  readonly caughtUp: () => void;
  /** Tells the person at the machine; each text once. It must hold no secret. */
  readonly warn: (text: string) => void;
}

/**
 * A way to reach people and, where it can, to be answered. A module that exports `tell` is one.
 *
 * A session never waits for a channel: each call has a time limit, what fails is tried again, and in the end
 * it is left and told at the next start.
 *
 * @example
 * const channel = { tell: (notice) => console.log(notice.text) };
 */
export interface Channel {
  /**
   * Tells people. Resolves once they are told; a rejection is tried again, after the `retryAfterMs` of
   * the error where it has one.
   */
  readonly tell: (notice: Notice, cancel: AbortSignal) => unknown;
  /**
   * Listens to people until it is cancelled, then resolves; a rejection is tried again.
   * @default nobody is listened to
   */
  readonly listen?: (desk: Desk, cancel: AbortSignal) => Promise<void>;
  /**
   * Of all processes of this person only one listens under the same name at a time; another takes over when it ends.
   * @default each listens
   */
  readonly listensAs?: string;
  /**
   * Who is told and heard, such as a chat: what others say under the same `listensAs` is not about these sessions.
   * @default ""
   */
  readonly audience?: string;
}
