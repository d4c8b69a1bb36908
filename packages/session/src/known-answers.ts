import { createHash } from "node:crypto";
import type { SessionEvent } from "@samocode/core";
import { parseQuestions, type Question } from "@samocode/core/overview";
import { StoreError, type Store } from "@samocode/core/store";

/** Marks of the questions that humans have answered: whatever else has an answer, an agent has answered itself. */
export type AnswerMarks = readonly string[];

/** Events after which an answer in `_qa.md` may be a human's. */
const humanEvents: readonly string[] = [
  "answer",
  "approve",
  "reject",
  "resume",
  "edit",
  "created",
] satisfies (SessionEvent["type"] | "created")[];

/**
 * The marks for the next iteration. What the last agent has written is nobody's answer: as long as no human has
 * decided anything since, the marks of its iteration stay.
 *
 * @param event What led to the iteration; nothing if there is no record yet.
 * @param before The marks of the iteration before; nothing if they are not known.
 */
export function marksFor(
  store: Store,
  event: string | undefined,
  before: AnswerMarks | undefined,
): AnswerMarks {
  const isHumans = event === undefined || humanEvents.includes(event);
  if (before !== undefined && !isHumans) return before;
  try {
    return markAnswers(store.readQuestions() ?? "");
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return before ?? [];
  }
}

/** The marks of all questions that have an answer. */
export function markAnswers(text: string): AnswerMarks {
  return parseQuestions(text).flatMap((question) =>
    question.answer === undefined ? [] : marksOf(question),
  );
}

/** Whether a question was answered when the marks were made; without any, that is not known, and believed. */
export function isMarked(marks: AnswerMarks | undefined, question: Question): boolean {
  return marks === undefined || marksOf(question).some((mark) => marks.includes(mark));
}

/** An agent may give a question another number or other words, but not both, nor may it change the answer. */
function marksOf({ id, title, answer = "" }: Question): readonly string[] {
  return [hash("title", title.toLowerCase().replace(/\s+/g, " ")), hash(id, answer)];
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 10);
}
