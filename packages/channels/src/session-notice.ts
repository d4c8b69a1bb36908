import { createHash } from "node:crypto";
import { basename } from "node:path";
import {
  blockNeeds,
  formatNotice,
  formatNoticeTitle,
  type BlockNeed,
  type Notice,
  type NoticeContent,
  type NoticeWords,
  type PlanHead,
} from "@samocode/core";
import {
  printableLines,
  printableText,
  revealHidden,
  type Question,
} from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import { formatResult, readReportOrFault, type SessionReport } from "@samocode/session";

/** The longest text of an agent, in characters; the files have it whole. */
const maxText = 4000;

/** The longest plan, in characters. */
const maxPlan = 24_000;

/** How many changes of the tests are named. */
const maxChanges = 5;

/** The longest title or option of a question, in characters. */
const maxQuestionText = 1000;

/** Where a session is, as people are told: what it waits for, what became of it, or that it works. */
export function readNotice(store: Store, name: string): Notice {
  const report = readReportOrFault(store, name);
  const { phase, iteration, costUsd, costIsLeast, state, answerBy, remedy } = report;
  const content = contentOf(store, report);
  // What was not done in time may still be done: it is the same that is to be decided.
  const place = "isOverdue" in content ? `waiting for ${content.kind}` : state;
  return inWords({
    ...content,
    session: name,
    phase,
    iteration,
    costUsd,
    ...(costIsLeast !== undefined && { costIsLeast }),
    ...(answerBy !== undefined && remedy && { deadline: { at: answerBy, remedy } }),
    id: shortHash(place, iteration, decidedOn(content)),
    sessionId: sessionIdOf(store.folder),
    folder: store.folder,
  });
}

/** The notice of a session that works, for people who were notified of the limit before. */
export function afterLimit(notice: Notice & { readonly kind: "working" }): Notice {
  return inWords({ ...notice, afterLimit: true });
}

/** The notice of a session that was told before, and that nobody has acted on since. */
export function asReminder(notice: Notice): Notice {
  return inWords({ ...notice, reminder: true });
}

function inWords(notice: NoticeWords & Omit<Notice, "title" | "text">): Notice {
  return { ...notice, title: formatNoticeTitle(notice), text: formatNotice(notice) };
}

/** A short name of a session that no other session of this machine has. */
export function sessionIdOf(folder: string): string {
  return shortHash(folder);
}

/** A hash of 60 bits, short enough for the data of a button. */
export function shortHash(...parts: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 10);
}

function contentOf(store: Store, report: SessionReport): NoticeContent {
  const { state, waitingFor, waitedFor, questions, reason, needs, next, lapsed } = report;
  const tests = report.testChanges && { testChanges: shownChanges(report.testChanges) };
  const isOverdue = waitedFor !== undefined;
  const wait = waitingFor ?? (canBeDoneLate(waitedFor) ? waitedFor : undefined);
  switch (wait) {
    case "qa_answers":
      return { kind: "questions", questions: questions.map(shownQuestion), isOverdue };
    case "plan_approval": {
      const plan = readPlanHead(store);
      const lapsedBy = lapsed && printableText(lapsed.by, 80);
      return {
        kind: "approval",
        ...(plan && { plan }),
        isOverdue,
        ...(lapsedBy && { lapsedBy }),
        ...tests,
      };
    }
    case "file_update":
    case "human_action":
      return {
        kind: "action",
        for: wait,
        ...(next !== undefined && { next: shown(next) }),
      };
    case undefined:
      break;
    default:
      return { kind: "action", for: "human_action" };
  }
  switch (state) {
    case "blocked":
      return {
        kind: "blocked",
        reason: shown(reason ?? "no reason given"),
        needs: needOf(needs),
      };
    case "failed":
      return { kind: "failed", ...(reason !== undefined && { message: shown(reason) }) };
    case "finished": {
      const summary = store.readHistoryTail().ended?.summary;
      const outcome = formatResult(report);
      return {
        kind: "done",
        ...(summary !== undefined && { summary: shown(summary) }),
        ...(outcome.length > 0 && { outcome }),
        ...tests,
      };
    }
    case "limited": {
      const until = store.readHistoryTail().state?.memory?.limitedUntil;
      return { kind: "limited", until: until ?? 0 };
    }
    case "paused":
      return { kind: "paused" };
    default:
      return { kind: "working" };
  }
}

/** What still sends a session on that is blocked because nobody did it in time. */
function canBeDoneLate(waitedFor: SessionReport["waitedFor"]): boolean {
  return waitedFor === "qa_answers" || waitedFor === "plan_approval";
}

/** What a decision on the notice is bound to, beside the state and the iteration. */
function decidedOn(content: NoticeContent): string | number {
  switch (content.kind) {
    case "approval":
      return content.plan?.hash ?? "";
    case "blocked":
      return content.reason;
    case "limited":
      return content.until;
    default:
      return "";
  }
}

function shownQuestion({ id, title, detail, options, suggestion, line }: Question): Question {
  return {
    id,
    title: shown(title, maxQuestionText),
    ...(detail !== undefined && { detail: shown(detail) }),
    options: options.map(({ letter, text }) => ({ letter, text: shown(text, maxQuestionText) })),
    ...(suggestion && {
      suggestion: { ...suggestion, text: shown(suggestion.text, maxQuestionText) },
    }),
    line,
  };
}

/** A few of them: the report of the session has them all. */
function shownChanges(changes: readonly string[]): readonly string[] {
  const left = changes.length - maxChanges;
  const few = changes.slice(0, maxChanges).map((change) => printableText(change, 200));
  return left > 0 ? [...few, `and ${left} more`] : few;
}

function nameOf(file: string): string {
  return printableText(basename(file), 300);
}

function readPlanHead(store: Store): PlanHead | undefined {
  const plan = store.readWholePlan();
  if (plan === undefined) return undefined;
  const { hash, parts } = plan;
  const text = parts
    .map((part, index) => {
      const words = part.text.trim();
      return index === 0
        ? words
        : `An older file of the same plan: ${nameOf(part.file)}\n\n${words}`;
    })
    .join("\n\n");
  const visible = revealHidden(text);
  const head = shown(visible, maxPlan).trim();
  return { file: nameOf(plan.file), hash, head, isCut: visible.length > maxPlan };
}

function shown(text: string, maxLength = maxText): string {
  const cut = text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
  return printableLines(cut).replaceAll(/\p{Surrogate}/gu, "");
}

function needOf(word: string | undefined): BlockNeed {
  return blockNeeds.find((need) => need === word) ?? "human_decision";
}
