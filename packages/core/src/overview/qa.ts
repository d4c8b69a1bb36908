import type { Nodes } from "mdast";
import {
  lineAt,
  lineBreakAt,
  lineEnd,
  parseSlice,
  spanOf,
  type Span,
} from "../text/markdown-document.ts";
import { sections, type Section } from "../text/markdown-section.ts";
import { toLines } from "../text/markdown-text.ts";
import { isPlaceholder } from "../text/placeholder.ts";

/** A question to the person, as `_qa.md` has it. */
export interface Question {
  /** `Q1`. */
  readonly id: string;
  readonly title: string;
  /** What the agent writes between the title and the answer beside options and suggestion, as Markdown; such as why it asks. */
  readonly detail?: string;
  readonly options: readonly QuestionOption[];
  /** What the agent would answer; `text` is all that it says there, with the letter. */
  readonly suggestion?: { readonly letter?: string; readonly text: string };
  /** Absent while the answer is empty or `_waiting_`. Line breaks are `\n`. */
  readonly answer?: string;
  /** 1-based, that of the heading. */
  readonly line: number;
}

/** One of the answers to choose from. */
export interface QuestionOption {
  /** Upper case. */
  readonly letter: string;
  readonly text: string;
}

/** A question with the places in the text at which it can be edited. */
export interface LocatedQuestion {
  readonly question: Question;
  /** Where its heading begins. */
  readonly start: number;
  /** All after the colon of its Answer line; absent if there is no such line. */
  readonly answerSpan: Span | undefined;
  /** Where the last line of the question ends. */
  readonly contentEnd: number;
  /** Where all that belongs to it ends, blank lines and rules included. */
  readonly end: number;
}

interface Line extends Span {
  readonly source: string;
  /** In a fence, a quote or a comment. */
  readonly hidden: boolean;
  /** What of it stands in no comment. */
  readonly shown: string;
}

interface HiddenSpan extends Span {
  readonly isComment: boolean;
}

const questionTitle = /^[*_`]*Q(\d+)[*_`]*(?:[:.)][*_`]*|[ \t]|$)[ \t]*(.*)$/is;
// As editors rewrite it, too: with escaped emphasis, invisible characters in front, a blank or a wide colon.
const keyed = (key: string): RegExp =>
  new RegExp(
    `^[\\s\\u00AD\\u200B-\\u200D\\u2060]*(?:[-*+]\\s+)?((?:\\\\?[*_]){0,3})${key}(?:\\s*[:\uFF1A]\\s*\\1|\\1\\s*[:\uFF1A]|\\s*[:\uFF1A])`,
    "i",
  );
const answerKey = keyed("answer");
const suggestionKey = keyed("suggestion");
const option = /^[ \t]*(?:[-*+][ \t]+)?([*_]{0,3})\(?([a-z])[).](?:\1[ \t]+|[ \t]+)(\S.*)$/i;

/**
 * Every question of a `_qa.md`, in order; none if there is none.
 *
 * @example
 * parseQuestions("### Q1: Where?\nA) here\n**Answer:** _waiting_\n"); // [{ id: "Q1", title: "Where?", ... }]
 */
export function parseQuestions(text: string): readonly Question[] {
  return locateQuestions(text).map(({ question }) => question);
}

/** The questions that wait for an answer. */
export function openQuestions(text: string): readonly Question[] {
  return parseQuestions(text).filter((question) => !isAnswered(question));
}

/** True if the person has answered. */
export function isAnswered({ answer }: Pick<Question, "answer">): boolean {
  return answer !== undefined;
}

/** The questions with the places at which they can be edited. */
export function locateQuestions(text: string): readonly LocatedQuestion[] {
  const found: { section: Section; end: number }[] = [];
  let open: { section: Section; end: number } | undefined;
  for (const section of sections(text, 6)) {
    const isQuestion = questionTitle.test(section.title);
    // An underlined "heading" is the text of the question above a rule.
    const underlined = !/^ {0,3}#/.test(text.slice(section.start, section.headingEnd));
    if (isQuestion) found.push((open = { section, end: section.end }));
    else if (open !== undefined && (underlined || section.depth > open.section.depth))
      open.end = section.end;
    else open = undefined;
  }
  return found.map(({ section, end }) => readQuestion(text, section, end));
}

function readQuestion(text: string, section: Section, end: number): LocatedQuestion {
  const [, number = "", title = ""] = questionTitle.exec(section.title) ?? [];
  const options: { letter: string; text: string }[] = [];
  const suggestion = { text: "" };
  const unclaimed: string[] = [];
  let answerSpan: Span | undefined;
  let contentEnd = section.headingEnd;
  let reading: { text: string } | "answer" | undefined;
  for (const { source, hidden, shown, ...line } of linesOf(text, section, end)) {
    const blank = source.trim() === "" || (!hidden && isRule(source));
    if (!blank) contentEnd = line.end;
    const suggested = hidden ? null : suggestionKey.exec(source);
    const answered = hidden || answerSpan !== undefined ? null : answerKey.exec(source);
    const offered = hidden || reading === "answer" ? null : option.exec(source);
    if (suggested !== null) {
      suggestion.text = valueAfter(source, suggested);
      reading = suggestion;
    } else if (answered !== null) {
      const [prefix] = answered;
      const value = withoutClosing(source.slice(prefix.length).trimEnd(), openMark(answered));
      answerSpan = {
        start: line.start + prefix.length,
        end: line.start + prefix.length + value.length,
      };
      reading = "answer";
    } else if (reading === "answer") {
      if (!blank && answerSpan !== undefined) {
        answerSpan = { start: answerSpan.start, end: line.start + source.trimEnd().length };
      }
    } else if (offered !== null) {
      const [, mark = "", letter = "", rest = ""] = offered;
      const chosen = { letter: letter.toUpperCase(), text: withoutClosing(rest.trim(), mark) };
      options.push(chosen);
      reading = chosen;
    } else if (blank || hidden || reading === undefined) {
      reading = undefined;
      unclaimed.push(blank ? "" : shown.trimEnd());
    } else reading.text += ` ${source.trim()}`;
  }
  const detail = unclaimed
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n{1,2}|\n{1,2}$/g, "");
  const answer = answerSpan && readAnswer(text.slice(answerSpan.start, answerSpan.end));
  const letter = /^\(?([A-Z]|[a-z](?=[).:]|$))(?:[).:]|[ \t]|$)/
    .exec(suggestion.text)?.[1]
    ?.toUpperCase();
  const meant =
    options.find((each) => each.text.toLowerCase() === suggestion.text.toLowerCase()) ??
    options.find((each) => each.letter === letter);
  return {
    question: {
      id: `Q${number}`,
      title: title.trim(),
      ...(detail !== "" && { detail }),
      options,
      ...(suggestion.text !== "" && {
        suggestion: { ...(meant && { letter: meant.letter }), text: suggestion.text },
      }),
      ...(answer !== undefined && { answer }),
      line: lineAt(text, section.start),
    },
    start: section.start,
    answerSpan,
    contentEnd,
    end,
  };
}

/** What an Answer line and the lines below it say; a quote below the line is read as what it quotes. */
function readAnswer(source: string): string | undefined {
  const [first = "", ...rest] = source.split(/\r\n?|\n/);
  const below = rest.join("\n");
  const quoted = first.trim() === "" && below !== "" && rest.every((line) => line.startsWith(">"));
  const answer = quoted ? rest.map((line) => line.replace(/^> ?/, "")).join("\n") : source;
  return isPlaceholder(answer) ? undefined : toLines(answer).trim();
}

function* linesOf(text: string, section: Section, end: number): Generator<Line> {
  const hidden = mayHideLines(text.slice(section.start, end))
    ? [...hiddenSpans(parseSlice(text, { start: section.start, end }), section.start)]
    : [];
  for (let start = section.bodyStart; start < end;) {
    const stop = lineEnd(text, start);
    const source = text.slice(start, stop);
    const first = start + source.length - source.trimStart().length;
    const around = hidden.find((span) => span.start <= first && first < span.end);
    const shown = around?.isComment === true ? afterComment(source) : source;
    yield { start, end: stop, source, hidden: around !== undefined, shown };
    start = stop + Math.max(1, lineBreakAt(text, stop).length);
  }
}

/**
 * Whether a text may have a fence, indented code, a quote or HTML in it. Without these, no parser need be asked:
 * most questions are a few plain lines, and a list of sessions reads the questions of all.
 */
export function mayHideLines(text: string): boolean {
  return /```|~~~|[<>\t]| {4}/.test(text);
}

/** What a line that begins in a comment has behind it. */
function afterComment(line: string): string {
  const end = line.indexOf("-->");
  return end === -1 ? "" : line.slice(end + 3);
}

function* hiddenSpans(node: Nodes, base: number): Generator<HiddenSpan> {
  if (node.type === "code" || node.type === "html" || node.type === "blockquote")
    yield {
      ...spanOf(node, base),
      isComment: node.type === "html" && node.value.startsWith("<!--"),
    };
  else if ("children" in node) for (const child of node.children) yield* hiddenSpans(child, base);
}

function isRule(source: string): boolean {
  return /^[ \t]*(?:-[ \t]*)+$|^[ \t]*(?:=[ \t]*)+$|^[ \t]*(?:[*_][ \t]*){3,}$/.test(source);
}

function valueAfter(source: string, match: RegExpExecArray): string {
  return withoutClosing(source.slice(match[0].length).trim(), openMark(match));
}

/** The emphasis that a key began and its colon did not end: `**Answer: A**`. */
function openMark([prefix, mark = ""]: RegExpExecArray): string {
  return prefix.slice(prefix.indexOf(mark) + mark.length).includes(mark) ? "" : mark;
}

function withoutClosing(source: string, mark: string): string {
  return mark !== "" && source.endsWith(mark) ? source.slice(0, -mark.length).trimEnd() : source;
}
