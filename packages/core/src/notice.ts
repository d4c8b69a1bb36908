import { formatMoment } from "./history.ts";
import type { BlockNeed } from "./phase.ts";
import type { Question } from "./qa.ts";

/** What a notice is about, and what a person needs to know of it. */
export type NoticeContent =
  /** Questions are open, these. */
  | { readonly kind: "questions"; readonly questions: readonly Question[] }
  /** The gate: a person approves the plan or rejects it. */
  | { readonly kind: "approval"; readonly plan?: PlanHead }
  /** A person does something outside, or brings a file up to date. */
  | {
      readonly kind: "action";
      readonly for: "file_update" | "human_action";
      /** What the agent says is to be done. */
      readonly next?: string;
    }
  | { readonly kind: "blocked"; readonly reason: string; readonly needs: BlockNeed }
  | { readonly kind: "done"; readonly summary?: string }
  /** All retries failed. */
  | { readonly kind: "failed"; readonly message?: string }
  /** A subscription limit is reached; the session goes on by itself at `until`, in ms since 1970. */
  | { readonly kind: "limited"; readonly until: number }
  /** An agent works, or the tests run. It is told only when a limit that was told is over. */
  | { readonly kind: "working"; readonly afterLimit?: boolean }
  /** No run is on. It is never told by itself. */
  | { readonly kind: "paused" };

/** A plan, as far as it fits in a message. */
export interface PlanHead {
  /** Name of its file in the session folder. */
  readonly file: string;
  /** Of all plan files; an approval is bound to it. */
  readonly hash: string;
  readonly head: string;
  /** True where the file goes on after `head`. */
  readonly isCut: boolean;
}

/** What of a notice its words are made of. */
export type NoticeWords = NoticeContent & {
  readonly session: string;
  readonly phase: string;
  readonly iteration: number;
  readonly costUsd: number;
  readonly reminder?: boolean;
};

/**
 * Says in one line where a session is.
 *
 * @example
 * formatNoticeTitle({ kind: "paused", session: "login", phase: "planning", iteration: 2, costUsd: 0 }); // "login: ready to go on"
 */
export function formatNoticeTitle(notice: NoticeWords): string {
  return `${notice.session}: ${headline(notice)}${notice.reminder === true ? " (reminder)" : ""}`;
}

/**
 * The whole of a notice as plain text: the title, what a person needs to decide, and the figures.
 *
 * @example
 * formatNotice({ kind: "done", summary: "JWT login", session: "login", phase: "done", iteration: 9, costUsd: 1.5 }); // "login: done\n\nJWT login\n\nphase done, iteration 9, $1.50"
 */
export function formatNotice(notice: NoticeWords): string {
  const { phase, iteration, costUsd } = notice;
  const figures = `phase ${phase}, iteration ${iteration}, $${costUsd.toFixed(2)}`;
  return [formatNoticeTitle(notice), body(notice), figures]
    .filter((part) => part !== "")
    .join("\n\n");
}

function headline(notice: NoticeContent): string {
  switch (notice.kind) {
    case "questions":
      return notice.questions.length === 1
        ? "waits for an answer"
        : `waits for ${notice.questions.length} answers`;
    case "approval":
      return "waits for approval of the plan";
    case "action":
      return notice.for === "file_update"
        ? "waits for a file that a person brings up to date"
        : "waits for something that a person does";
    case "limited":
      return `limit reached, goes on by itself at ${formatMoment(notice.until)}`;
    case "working":
      return notice.afterLimit === true ? "the limit is over, goes on" : "works";
    case "paused":
      return "ready to go on";
    case "failed":
      return "failed after all retries";
    case "blocked":
    case "done":
      return notice.kind;
  }
}

function body(notice: NoticeContent): string {
  switch (notice.kind) {
    case "questions":
      return notice.questions.map(formatQuestion).join("\n\n");
    case "approval":
      return notice.plan === undefined
        ? "There is no plan file."
        : `${notice.plan.file}${notice.plan.isCut ? " (its head)" : ""}\n\n${notice.plan.head}`;
    case "action":
      return notice.next ?? "";
    case "blocked":
      return `${notice.reason}\nIt needs: ${notice.needs.replace("_", " ")}`;
    case "done":
      return notice.summary ?? "";
    case "failed":
      return notice.message ?? "";
    case "limited":
    case "working":
    case "paused":
      return "";
  }
}

function formatQuestion({ id, title, options, suggestion }: Question): string {
  return [
    `${id}: ${title}`,
    ...options.map(({ letter, text }) => `${letter}) ${text}`),
    ...(suggestion === undefined ? [] : [`Suggested: ${suggestion.text}`]),
  ].join("\n");
}
