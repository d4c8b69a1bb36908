import { keyLines, type KeyLine } from "./key-line.ts";
import { lineAt, lineBreakNear, lineEnd, splice, type Span } from "./markdown-document.ts";
import { sections, type Section } from "./markdown-section.ts";
import { markdownSpellings, toLines, unescapeMarkdown } from "./markdown-text.ts";
import { readPassage } from "./overview-passage.ts";

/** One thing that a question offers. */
export interface QuestionOption {
  /** `A`, `B`, … */
  readonly letter: string;
  readonly text: string;
}

/** A question to the person, from `_qa.md`. */
export interface Question {
  /** `Q1`, `Q2`, … */
  readonly id: string;
  readonly title: string;
  readonly options: readonly QuestionOption[];
  /** What the agent would choose: the whole line, with its letter where it begins with one. */
  readonly suggestion?: { readonly letter?: string; readonly text: string };
  /** Absent as long as the question is open. */
  readonly answer?: string;
  /** Where it stands, counted from 1. */
  readonly line: number;
}

/** A question that is not there, or an answer that is none. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
  readonly code = "SAMOCODE_QUESTION_INVALID";
}

/**
 * The questions of a `_qa.md`, in order. Headings in fences, quotes and comments are no questions, and of two
 * with the same number the first counts.
 *
 * @example
 * parseQuestions("### Q1: Which?\nA) this\n**Answer:** _waiting_\n")[0]?.options; // [{ letter: "A", text: "this" }]
 */
export function parseQuestions(text: string): readonly Question[] {
  return findQuestions(text).map(({ question }) => question);
}

/** The questions that nobody has answered yet. */
export function openQuestions(text: string): readonly Question[] {
  return parseQuestions(text).filter(({ answer }) => answer === undefined);
}

/**
 * The `_qa.md` with an answer in it, in the place of an earlier one where there is one; all other bytes stay.
 * Several lines are written as a quote. With the last answer, a line `Status: waiting` at the top of an older
 * file becomes `Status: answered`.
 *
 * @throws {QuestionError} When there is no question `id`, or the answer is empty or says `waiting`.
 * @example
 * answerQuestion("### Q1: Which?\n**Answer:** _waiting_\n", "Q1", "A"); // "### Q1: Which?\n**Answer:** A\n"
 */
export function answerQuestion(text: string, id: string, answer: string): string {
  const words = toLines(answer).trim();
  if (isOpenWord(words)) {
    throw new QuestionError(`cannot take \`${words}\` as the answer to ${id}: expected some words`);
  }
  const found = findQuestions(text);
  const place = found.find(({ question }) => question.id === id.toUpperCase());
  if (place === undefined) {
    const ids = found.map(({ question }) => question.id).join(", ");
    throw new QuestionError(
      `cannot answer \`${id}\`: expected ${ids === "" ? "a question in `_qa.md`, which has none" : ids}`,
    );
  }
  for (const written of candidates(text, place, words)) {
    const after = findQuestions(written);
    const kept = after.length === found.length;
    if (
      kept &&
      after.find(({ question }) => question.id === place.question.id)?.question.answer === words
    ) {
      return closeStatus(written);
    }
  }
  throw new QuestionError(`cannot write the answer to ${id}: write it into \`_qa.md\` by hand`);
}

interface PlacedQuestion {
  readonly question: Question;
  readonly section: Section;
  /** The `Answer` line, and all that belongs to the answer: its value and the lines below. */
  readonly answer?: { readonly line: KeyLine; readonly span: Span };
}

const heading = /^(Q\d+)\s*(?:[:.)–—-]\s*)?(.*)$/is;
const option = /^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?([A-Z])[).:](?:\*\*|__)?[ \t]+(.+?)[ \t]*$/gm;

function findQuestions(text: string): PlacedQuestion[] {
  const found = new Map<string, PlacedQuestion>();
  for (const section of sections(text, 4)) {
    const [, id = "", title = ""] = heading.exec(section.title) ?? [];
    if (section.depth < 2 || id === "" || found.has(id.toUpperCase())) continue;
    found.set(id.toUpperCase(), readQuestion(text, section, id.toUpperCase(), title));
  }
  return [...found.values()];
}

function readQuestion(text: string, section: Section, id: string, title: string): PlacedQuestion {
  const lines = keyLines(text, { start: section.bodyStart, end: section.end });
  const suggested = lines.find(({ key }) => key === "suggestion");
  const line = lines.find(({ key }) => key === "answer");
  const below =
    line && lines.find(({ key, span }) => key === "suggestion" && span.start > line.span.end);
  const span = line && { start: line.valueSpan.start, end: below?.span.start ?? section.end };
  const rest = line && span ? text.slice(line.span.end, span.end) : "";
  const body = text.slice(
    section.bodyStart,
    Math.min(line?.span.start ?? section.end, section.end),
  );
  const answer = [line?.value ?? "", readPassage(rest) ?? ""].join("\n").trim();
  const letter = /^([A-Z])(?![a-z])/.exec(suggested?.value ?? "")?.[1];
  return {
    section,
    ...(line && span && { answer: { line, span } }),
    question: {
      id,
      title,
      options: [...body.matchAll(option)].map(([, letter = "", words = ""]) => ({
        letter,
        text: unescapeMarkdown(words),
      })),
      ...(suggested && {
        suggestion: { ...(letter !== undefined && { letter }), text: suggested.value },
      }),
      ...(!isOpenWord(answer) && { answer }),
      line: lineAt(text, section.start),
    },
  };
}

function isOpenWord(answer: string): boolean {
  return /^[_*]{0,3}(?:waiting)?[_*]{0,3}[.…]{0,3}$/i.test(answer.trim());
}

/** The ways to write an answer, the plainest first. */
function* candidates(text: string, place: PlacedQuestion, words: string): Generator<string> {
  const { section, answer } = place;
  const newLine = lineBreakNear(text, section.start);
  const quoted = words
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join(newLine);
  const spellings = words.includes("\n") ? [] : markdownSpellings(words);
  if (answer === undefined) {
    const end = section.bodyStart + text.slice(section.bodyStart, section.end).trimEnd().length;
    const at = Math.max(end, lineEnd(text, section.start));
    for (const spelling of [...spellings, `${newLine}${newLine}${quoted}`]) {
      const line = `${newLine}${newLine}**Answer:**${spelling.startsWith(newLine) ? "" : " "}${spelling}`;
      yield splice(text, { start: at, end: at }, line + (at === text.length ? newLine : ""));
    }
    return;
  }
  const { line } = answer;
  const tail = text.slice(line.span.end, answer.span.end);
  const end = answer.span.end - (tail.length - tail.trimEnd().length);
  const whole = { start: line.markedSpan.start, end: Math.max(end, line.markedSpan.end) };
  const gap = /[ \t]/.test(text.charAt(whole.start - 1)) ? "" : " ";
  for (const spelling of spellings) yield splice(text, whole, gap + spelling);
  yield splice(text, whole, `${newLine}${newLine}${quoted}`);
}

/** An older file says at its top whether it waits. */
function closeStatus(text: string): string {
  const found = findQuestions(text);
  if (found.some(({ question }) => question.answer === undefined)) return text;
  const end = Math.min(...found.map(({ section }) => section.start));
  const status = keyLines(text, { start: 0, end }).find(({ key }) => key === "status");
  if (status === undefined || !/^waiting$/i.test(status.value)) return text;
  const word = status.value.startsWith("W") ? "Answered" : "answered";
  return splice(text, status.valueSpan, word);
}
