import { keyLines } from "../text/key-line.ts";
import { bodyStart, lineBreakNear, splice } from "../text/markdown-document.ts";
import { toLines } from "../text/markdown-text.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import {
  isAnswered,
  locateQuestions,
  openQuestions,
  parseQuestions,
  type LocatedQuestion,
  type Question,
} from "./qa.ts";

/** An answer that cannot be written. The text was not changed. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
  readonly code = "SAMOCODE_QUESTION_INVALID";
  readonly id: string;
  readonly expected: string;

  constructor({ id, found, expected }: { id: string; found: string; expected: string }) {
    super(`cannot answer ${id}: found ${found}, expected ${expected}`);
    this.id = id;
    this.expected = expected;
  }
}

/**
 * The questions with one more answer; every byte outside of the answer is kept, but a `Status: waiting` above
 * the questions becomes `answered` with the last one.
 *
 * The answer is any text. If it would otherwise change the document (several lines, a fence, a heading)
 * it is written as a quote. An answer that is there is replaced; of two questions with the same id the
 * open one is meant.
 *
 * @param id - `Q1`, in any letter case
 * @throws {QuestionError} When there is no such question, the answer is empty or `waiting`, or a fence that
 * is never closed would swallow it.
 * @example
 * answerQuestion("### Q1: Where?\n**Answer:** _waiting_\n", "Q1", "here"); // "### Q1: Where?\n**Answer:** here\n"
 */
export function answerQuestion(text: string, id: string, answer: string): string {
  const all = locateQuestions(text);
  const named = all.filter(({ question }) => question.id.toLowerCase() === id.toLowerCase());
  const located = named.find(({ question }) => !isAnswered(question)) ?? named[0];
  const ids = [...new Set(all.map(({ question }) => question.id))].join(", ");
  if (located === undefined)
    throw new QuestionError({
      id,
      found: "no such question",
      expected: ids || "a file with questions",
    });
  const value = toLines(answer).trim();
  if (isPlaceholder(value))
    throw new QuestionError({ id, found: `\`${value}\``, expected: "an answer" });
  if (located.question.answer === value) return text;
  const meant = summariesOf(all.map(({ question }) => question));
  meant[all.indexOf(located)] = summaryOf({ ...located.question, answer: value });
  for (const edited of candidates(text, located, value))
    if (summariesOf(parseQuestions(edited)).join() === meant.join()) return alignStatus(edited);
  throw new QuestionError({
    id,
    found: `something below line ${located.question.line} that swallows the answer`,
    expected: "every code fence and comment to be closed",
  });
}

/** The ways to write one answer, the plainest first. */
function* candidates(
  text: string,
  { answerSpan, contentEnd }: LocatedQuestion,
  value: string,
): Generator<string> {
  const span = answerSpan ?? { start: contentEnd, end: contentEnd };
  const lineBreak = lineBreakNear(text, span.start);
  const quoted = value.split("\n").map((line) => lineBreak + `> ${line}`.trimEnd());
  const labels = answerSpan
    ? [""]
    : [`${lineBreak}**Answer:**`, `${lineBreak}${lineBreak}**Answer:**`];
  for (const written of value.includes("\n") ? [quoted.join("")] : [` ${value}`, quoted.join("")])
    for (const label of labels)
      for (const gap of ["", lineBreak]) yield splice(text, span, label + written + gap);
}

function summariesOf(questions: readonly Question[]): string[] {
  return questions.map(summaryOf);
}

/** All of a question but its line. */
function summaryOf({ id, title, detail, options, suggestion, answer }: Question): string {
  return JSON.stringify([id, title, detail, options, suggestion, answer]);
}

/**
 * The questions as they are, with a `Status:` line above them, as older files have it, that says so: `waiting`
 * while one of them is open, and else `answered`. Every other byte is kept.
 *
 * @example
 * alignStatus("Status: waiting\n### Q1: x\n**Answer:** y\n"); // "Status: answered\n### Q1: x\n**Answer:** y\n"
 */
export function alignStatus(text: string): string {
  const [first] = locateQuestions(text);
  if (first === undefined) return text;
  const above = { start: bodyStart(text), end: first.start };
  const line = keyLines(text, above).find(({ key }) => key === "status");
  if (line === undefined || !/^(?:waiting|answered)$/i.test(line.value)) return text;
  const word = openQuestions(text).length > 0 ? "waiting" : "answered";
  if (line.value.toLowerCase() === word) return text;
  return splice(text, line.valueSpan, likeCase(word, line.value));
}

function likeCase(word: string, model: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  return /^[A-Z]/.test(model) ? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}` : word;
}
