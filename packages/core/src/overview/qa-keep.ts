import { lineBreakNear, lineStart, splice } from "../text/markdown-document.ts";
import { alignStatus, answerQuestion, QuestionError } from "./qa-answer.ts";
import { isAnswered, locateQuestions, parseQuestions, type LocatedQuestion } from "./qa.ts";

/** An answer of a human to a question. */
export interface GivenAnswer {
  /** `Q1`, in any letter case. */
  readonly id: string;
  /** The letter of an option, or any text. */
  readonly text: string;
}

/** What a session has asked and not yet got all answers to. */
export interface Asking {
  /** `_qa.md` as the agent left it. */
  readonly text: string;
  /** What humans have answered since, except by hand in the file. */
  readonly given: readonly GivenAnswer[];
}

/** `_qa.md` with all that was asked and answered. */
export interface KeptQuestions {
  readonly text: string;
  /** The ids of the questions that had disappeared. */
  readonly restored: readonly string[];
  /** The ids of the questions whose answers had disappeared. */
  readonly reapplied: readonly string[];
  /** The ids of the questions that are missing and cannot be restored, such as behind an open fence. */
  readonly missing: readonly string[];
}

/**
 * Puts back into a `_qa.md` what a stale or a half save has taken out of it: questions that were open when the agent
 * asked, and answers that were given. Other text is kept to the byte, but for a `Status:` line above the questions,
 * which is kept in step.
 *
 * @param text What is in the file now.
 * @param asking What was asked; nothing if that is not known.
 * @example
 * keepQuestions("", { text: "### Q1: Where?\n**Answer:** _waiting_\n", given: [{ id: "Q1", text: "here" }] }).text; // "### Q1: Where?\n**Answer:** here\n"
 */
export function keepQuestions(text: string, asking: Asking | undefined): KeptQuestions {
  const restored: string[] = [];
  const missing: string[] = [];
  const reapplied: string[] = [];
  let kept = text;
  for (const asked of openOf(asking?.text ?? "")) {
    const { id, title } = asked.question;
    const candidate = withQuestion(kept, asked, asking?.text ?? "");
    if (candidate === kept) continue;
    if (parseQuestions(candidate).some((found) => found.id === id && found.title === title)) {
      kept = candidate;
      restored.push(id);
    } else missing.push(id);
  }
  for (const given of asking?.given ?? []) {
    const written = withAnswer(kept, given, asking?.text ?? "");
    if (written === kept) continue;
    kept = written;
    if (!restored.includes(given.id)) reapplied.push(given.id);
  }
  return { text: alignStatus(kept), restored, reapplied, missing };
}

function openOf(text: string): readonly LocatedQuestion[] {
  return locateQuestions(text).filter(({ question }) => !isAnswered(question));
}

/** The text with a question that is not there, or whose end a save has cut off. */
function withQuestion(
  text: string,
  { question, ...asked }: LocatedQuestion,
  before: string,
): string {
  const block = before.slice(asked.start, asked.contentEnd);
  // A second round may count from 1 again: an answered question of the same number is another one.
  const others = parseQuestions(before).filter((one) => one.id === question.id && isAnswered(one));
  const found = locateQuestions(text).filter(
    ({ question: { id, title } }) =>
      id === question.id && !others.some((other) => other.title === title),
  );
  const cut = found.filter(({ start, contentEnd }) => isCut(text.slice(start, contentEnd), block));
  const [first] = cut;
  if (first !== undefined && cut.length === found.length)
    return splice(text, { start: first.start, end: first.contentEnd }, block);
  if (found.length > 0) return text;
  const lastLine = lineStart(text, text.length);
  const lineBreak = lineBreakNear(block, 0);
  if (isCut(text.slice(lastLine), block)) return text.slice(0, lastLine) + block + lineBreak;
  const gap = lastLine === text.length ? lineBreak : lineBreak + lineBreak;
  return `${text}${text === "" ? "" : gap}${block}${lineBreak}`;
}

function isCut(found: string, block: string): boolean {
  return found !== "" && found !== block && block.startsWith(found);
}

/** The text with an answer to a question that is open in it, and was not answered otherwise since. */
function withAnswer(text: string, { id, text: answer }: GivenAnswer, before: string): string {
  const asked = openOf(before).find(({ question }) => question.id === id)?.question;
  const found = parseQuestions(text).filter((question) => question.id === id);
  const isThere = found.some((one) => one.title === asked?.title && isAnswered(one));
  if (isThere || found.every(isAnswered)) return text;
  try {
    return answerQuestion(text, id, answer);
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return text;
  }
}
