import { formatMoment } from "../history/history.ts";
import { remedyWords, type Remedy } from "../workflow/patience.ts";
import type { BlockNeed } from "../workflow/phase.ts";
import type { Question } from "../overview/qa.ts";
import { formatCost } from "../machine/session-cost.ts";

/** What a notice is about, and what a person needs to know of it. */
export type NoticeContent =
  /** Questions are open, these. */
  | {
      readonly kind: "questions";
      readonly questions: readonly Question[];
      /** True if nobody has answered in time, so that the session is blocked; an answer still counts. */
      readonly isOverdue?: boolean;
    }
  /** The gate: a person approves or rejects the plan. */
  | {
      readonly kind: "approval";
      readonly plan?: PlanHead;
      /** True if nobody has decided in time, so that the session is blocked; a decision still counts. */
      readonly isOverdue?: boolean;
      /** Who had approved the plan before it changed. */
      readonly lapsedBy?: string;
      /** What was done to the tests that were last run: removed, skipped, changed. */
      readonly testChanges?: readonly string[];
    }
  /** A person does something outside, or brings a file up to date. */
  | {
      readonly kind: "action";
      readonly for: "file_update" | "human_action";
      /** What the agent says is to be done. */
      readonly next?: string;
    }
  | { readonly kind: "blocked"; readonly reason: string; readonly needs: BlockNeed }
  | {
      readonly kind: "done";
      readonly summary?: string;
      /** What it has made and what to do with it: branch, worktree, size and commands, one line each. */
      readonly outcome?: readonly string[];
      /** What was done to the tests that were last run: removed, skipped, changed. */
      readonly testChanges?: readonly string[];
    }
  /** All retries failed. */
  | { readonly kind: "failed"; readonly message?: string }
  /** A subscription limit is reached; the session goes on by itself at `until`, Unix time in ms. */
  | { readonly kind: "limited"; readonly until: number }
  /** An agent works, or the tests run. It is told only when a limit that was told is over. */
  | { readonly kind: "working"; readonly afterLimit?: boolean }
  /** Not running. It is never emitted on its own. */
  | { readonly kind: "paused" };

/** A plan, as far as it fits in a message. */
export interface PlanHead {
  /** Name of its file in the session folder. */
  readonly file: string;
  /** Of all plan files; an approval is bound to it. */
  readonly hash: string;
  readonly head: string;
  /** True if the file goes on after `head`. */
  readonly isCut: boolean;
}

/** What of a notice its words are made of. */
export type NoticeWords = NoticeContent & {
  readonly session: string;
  readonly phase: string;
  readonly iteration: number;
  readonly costUsd: number;
  /** True if not every iteration has told its cost. */
  readonly costIsLeast?: boolean;
  readonly reminder?: boolean;
  readonly deadline?: Deadline;
};

/** When a person must have acted, and what is done otherwise. */
export interface Deadline {
  /** Unix time in ms. */
  readonly at: number;
  readonly remedy: Remedy;
}

/**
 * Says in one line where a session is.
 *
 * @example
 * formatNoticeTitle({ kind: "paused", session: "login", phase: "planning", iteration: 2, costUsd: 0 }); // "login: ready to continue"
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
  return [formatNoticeTitle(notice), body(notice), formatNoticeFigures(notice)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/**
 * Phase, iteration, cost and deadline of a notice: the last lines of its text.
 *
 * @example
 * formatNoticeFigures({ kind: "paused", session: "login", phase: "planning", iteration: 2, costUsd: 0 }); // "phase planning, iteration 2, $0.00"
 */
export function formatNoticeFigures({ phase, iteration, deadline, ...cost }: NoticeWords): string {
  const figures = `phase ${phase}, iteration ${iteration}, ${formatCost(cost)}`;
  if (deadline === undefined) return figures;
  return `${figures}\nby ${formatMoment(deadline.at)}, then ${remedyWords[deadline.remedy]}`;
}

function headline(notice: NoticeContent): string {
  switch (notice.kind) {
    case "questions":
      return `${waits(notice)} for ${formatAnswers(notice.questions.length)}`;
    case "approval":
      return `${waits(notice)} for approval of the plan`;
    case "action":
      return notice.for === "file_update"
        ? "waits for a file to be updated"
        : "waits for a manual step";
    case "limited":
      return `usage limit reached, continues at ${formatMoment(notice.until)}`;
    case "working":
      return notice.afterLimit === true ? "the limit is over, continues" : "works";
    case "paused":
      return "ready to continue";
    case "failed":
      return "failed after all retries";
    case "blocked":
    case "done":
      return notice.kind;
  }
}

function formatAnswers(missing: number): string {
  // A person has answered in `_qa.md`, and no run has seen it yet.
  if (missing === 0) return "answers, but no question is open";
  return missing === 1 ? "an answer" : `${missing} answers`;
}

function waits({ isOverdue }: { readonly isOverdue?: boolean }): string {
  return isOverdue === true ? "blocked: timed out waiting" : "waits";
}

function body(notice: NoticeContent): string {
  switch (notice.kind) {
    case "questions":
      return notice.questions.map(formatQuestion).join("\n\n");
    case "approval":
      return [
        notice.lapsedBy === undefined
          ? ""
          : `The plan has changed since ${notice.lapsedBy} approved it.\n`,
        notice.testChanges === undefined ? "" : `${formatTestChanges(notice.testChanges)}\n`,
        notice.plan === undefined
          ? "There is no plan file."
          : `${notice.plan.file}${notice.plan.isCut ? " (excerpt)" : ""}\n\n${notice.plan.head}`,
      ].join("");
    case "action":
      return notice.next ?? "";
    case "blocked":
      return `${notice.reason}\nIt needs: ${notice.needs.replace("_", " ")}`;
    case "done":
      return [
        notice.summary ?? "",
        notice.testChanges === undefined ? "" : formatTestChanges(notice.testChanges),
        (notice.outcome ?? []).join("\n"),
      ]
        .filter((part) => part !== "")
        .join("\n\n");
    case "failed":
      return notice.message ?? "";
    case "limited":
    case "working":
    case "paused":
      return "";
  }
}

/**
 * Says in one line what was done to the tests, for a human who is about to rely on them.
 *
 * @example
 * formatTestChanges(["a.test.ts was removed"]); // "The tests were changed: a.test.ts was removed"
 */
export function formatTestChanges(changes: readonly string[]): string {
  return `The tests were changed: ${changes.join("; ")}`;
}

/**
 * A question as plain text: its title, what the agent writes below it, the options and the suggestion.
 *
 * @example
 * formatQuestion({ id: "Q1", title: "Where?", options: [{ letter: "A", text: "here" }], line: 1 }); // "Q1: Where?\nA) here"
 */
export function formatQuestion({ id, title, detail, options, suggestion }: Question): string {
  return [
    `${id}: ${title}`,
    ...(detail === undefined ? [] : [detail]),
    ...options.map(({ letter, text }) => `${letter}) ${text}`),
    ...(suggestion === undefined ? [] : [`Suggested: ${suggestion.text}`]),
  ].join("\n");
}
