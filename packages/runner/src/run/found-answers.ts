import { statSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent } from "@samocode/core";
import {
  answerQuestion,
  keepQuestions,
  openQuestions,
  parseQuestions,
  suggestedAnswer,
  type Asking,
  type GivenAnswer,
  type KeptQuestions,
} from "@samocode/core/overview";
import { sessionFiles, type Store } from "@samocode/core/store";
import { markFile, readQuestionsOrFault } from "@samocode/session";
import type { QuietFile } from "./quiet-file.ts";

/** What a look into `_qa.md` has shown. */
export type FoundAnswers =
  /** Someone may still be typing; it is to be looked at again after this time. */
  | { readonly type: "restless"; readonly againInMs: number }
  | { readonly type: "unreadable"; readonly message: string }
  | {
      readonly type: "read";
      /** All is answered. */
      readonly event?: Extract<SessionEvent, { type: "answer" }>;
      /** What a save had taken out of the file, and is there again. */
      readonly kept: Pick<KeptQuestions, "restored" | "reapplied" | "missing">;
    };

export interface FindOptions {
  /** What was asked; nothing if that is not known. */
  readonly asking: Asking | undefined;
  /** Why the suggestions count; nothing if they do not. */
  readonly suggestionsBy: string | undefined;
  readonly quiet: QuietFile;
}

/**
 * Finds what is answered in `_qa.md`, and answers with the suggestions if they count. What a stale save has taken
 * out of the file is put back, and a status line above the questions is kept in step. What a human may still be
 * typing or saving is left alone. Whoever calls it holds the write lock.
 */
export function findAnswers(store: Store, options: FindOptions): FoundAnswers {
  const { asking, suggestionsBy, quiet } = options;
  const path = join(store.folder, sessionFiles.questions);
  const { text: found, fault } = readQuestionsOrFault(store);
  const kept = keepQuestions(found, asking);
  const { restored, reapplied, missing } = kept;
  const { text, answered } = withSuggestions(kept.text, suggestionsBy);
  const open = openQuestions(text).length + missing.length;
  const isAnswered = parseQuestions(text).length > 0 && open === 0;
  const isAtStake = fault !== undefined || text !== found || missing.length > 0 || isAnswered;
  if (isAtStake && !isOurs(found, asking)) {
    const againInMs = quiet.leftMs(fault === undefined ? found : markFile(path), savedAt(path));
    if (againInMs > 0) return { type: "restless", againInMs };
  }
  if (fault !== undefined) return { type: "unreadable", message: fault };
  if (text !== found) store.writeQuestions(text);
  const given = answersIn(text, asking);
  const told = { type: "answer", open, ...(given.length > 0 && { given }) } as const;
  const event =
    suggestionsBy !== undefined && answered.length > 0
      ? { ...told, answered, by: suggestionsBy }
      : isAnswered
        ? { ...told, by: sessionFiles.questions }
        : undefined;
  return { type: "read", kept: { restored, reapplied, missing }, ...(event && { event }) };
}

function withSuggestions(text: string, by: string | undefined) {
  const answered: string[] = [];
  let after = text;
  for (const question of by === undefined ? [] : openQuestions(text)) {
    const suggested = suggestedAnswer(question);
    if (suggested === undefined) continue;
    after = answerQuestion(after, question.id, suggested);
    answered.push(question.id);
  }
  return { text: after, answered };
}

/** Whether the text is as the agent and this program have left it, so that no one is just editing it. */
function isOurs(text: string, asking: Asking | undefined): boolean {
  return (
    asking !== undefined &&
    (text === asking.text || text === keepQuestions(asking.text, asking).text)
  );
}

/** The answers to what was asked, in the order of the file. */
function answersIn(text: string, asking: Asking | undefined): readonly GivenAnswer[] {
  const asked = openQuestions(asking?.text ?? "");
  return parseQuestions(text).flatMap(({ id, title, answer }) =>
    answer !== undefined && asked.some((one) => one.id === id && one.title === title)
      ? [{ id, text: answer }]
      : [],
  );
}

/** When a file was last written or moved to its place, Unix time in ms. */
function savedAt(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && Math.max(stats.mtimeMs, stats.ctimeMs);
}
