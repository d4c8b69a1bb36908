import type { Paragraph, Root } from "mdast";
import { lineBreakAt, lineEnd, lineStart, parseSlice, spanOf } from "./markdown-document.ts";
import type { Span } from "./markdown-document.ts";
import { markdownSpellings, toOneLine, unescapeMarkdown } from "./markdown-text.ts";

/** One `Key: value` line of a paragraph or of a list item. */
export interface KeyLine {
  /** In lower case, one space between words. */
  readonly key: string;
  /** What a reader sees, without emphasis or backticks around all of it. */
  readonly value: string;
  /** The source of `value`; empty, at the place to write one, if there is none. */
  readonly valueSpan: Span;
  /** The same with the emphasis or backticks. */
  readonly markedSpan: Span;
  /** The whole line without its line break, and with a comment that begins in it and goes on below. */
  readonly span: Span;
  /** What a line like this one has before its key, around its colon, and after its value. */
  readonly style: { readonly head: string; readonly colon: string; readonly tail: string };
}

const words = "([a-z]+(?:[ \\t]+[a-z]+)*)";
const plainKey = new RegExp(`^()${words}([ \\t]*:)([ \\t]*)`, "i");
// `**Key:** value`, `**Key**: value`, or `**Key: value**`
const markedKey = new RegExp(
  `^(\\*{1,3}|_{1,3}|\`)${words}([ \\t]*:[ \\t]*\\1|\\1[ \\t]*:|[ \\t]*:)([ \\t]*)`,
  "i",
);

/*
 * Why some slices need no parser. No block but a paragraph begins with a letter, and `# x` ends a paragraph
 * wherever it stands. So where every line is empty or begins in one of these two ways, the lines that begin
 * with a letter are the lines of the paragraphs; and without `<` no comment hides a part of one.
 */
const notPlain = /^(?![A-Za-z\n]|#{1,6} |(?![^]))|[<\r\u2028\u2029]/m;
const plainLine = /^[A-Za-z].*/gm;

/**
 * Every `Key: value` line at the top level of a slice: in its paragraphs and in the items of its lists;
 * not in quotes, fences, comments or nested lists.
 */
export function keyLines(text: string, span: Span): readonly KeyLine[] {
  const source = text.slice(span.start, span.end);
  if (!notPlain.test(source)) {
    return Array.from(source.matchAll(plainLine)).flatMap(({ index }) => {
      const start = span.start + index;
      const end = lineEnd(text, start);
      return keyLine(text, { start, end }, end) ?? [];
    });
  }
  const lines: KeyLine[] = [];
  for (const paragraph of paragraphsOf(parseSlice(text, span)))
    lines.push(...linesOf(text, paragraph, span.start));
  return lines;
}

/** A line that {@link keyLines} reads as this value, made one line. */
export function formatKeyLine(label: string, value: string): string {
  const text = toOneLine(value);
  const lines = Array.from(markdownSpellings(text), (spelling) => `${label}: ${spelling}`);
  const readsBack = (line: string): boolean =>
    keyLines(line, { start: 0, end: line.length })[0]?.value === text;
  return lines.find(readsBack) ?? `${label}:`;
}

function paragraphsOf(tree: Root): Paragraph[] {
  return tree.children.flatMap((node) => {
    const blocks = node.type === "list" ? node.children.flatMap((item) => item.children) : [node];
    return blocks.filter((block) => block.type === "paragraph");
  });
}

function* linesOf(text: string, paragraph: Paragraph, base: number): Generator<KeyLine> {
  const { start, end: paragraphEnd } = spanOf(paragraph, base);
  const hidden = paragraph.children
    .filter((node) => node.type === "html" && /^<(?:!--|br\b)/i.test(node.value))
    .map((node) => spanOf(node, base));
  for (let line = start; line < paragraphEnd;) {
    const stop = lineEnd(text, line);
    const from = line + leadingSpace(text.slice(line, stop));
    const inComment = hidden.some((comment) => comment.start < from && from < comment.end);
    const visible = Math.min(stop, hidden.find((comment) => comment.start >= from)?.start ?? stop);
    const found = inComment ? undefined : keyLine(text, { start: from, end: visible }, stop);
    const runsOn = hidden.find((comment) => comment.start < stop && comment.end > stop);
    const end = runsOn === undefined ? stop : lineEnd(text, runsOn.end);
    if (found !== undefined) yield { ...found, span: { ...found.span, end } };
    line = stop + Math.max(1, lineBreakAt(text, stop).length);
  }
}

function keyLine(text: string, { start, end }: Span, stop: number): KeyLine | undefined {
  const source = text.slice(start, end);
  const match = markedKey.exec(source) ?? plainKey.exec(source);
  if (match === null) return undefined;
  const [prefix, mark = "", label = "", colon = "", gap = ""] = match;
  const closing = colon.includes(mark) ? "" : mark;
  const rest = withoutHardBreak(source.slice(prefix.length));
  const content = closing !== "" && rest.endsWith(closing) ? rest.slice(0, -closing.length) : rest;
  const marked = {
    start: start + prefix.length,
    end: start + prefix.length + content.trimEnd().length,
  };
  const value = unwrapped(text, marked);
  const head = text.slice(lineStart(text, start), start) + mark;
  const tail = end === stop ? text.slice(start + prefix.length + content.length, stop) : closing;
  return {
    key: label.toLowerCase().replace(/[ \t]+/g, " "),
    value: unescapeMarkdown(text.slice(value.start, value.end)),
    valueSpan: value,
    markedSpan: marked,
    span: { start: lineStart(text, start), end: stop },
    style: { head, colon: colon + (content === "" || gap === "" ? " " : gap), tail },
  };
}

/** `**a**`, `` `a` `` and the like without what is around the `a`. */
function unwrapped(text: string, span: Span): Span {
  const match = /^(\*{1,3}|_{1,3}|`+(?!`))(.+)\1$/s.exec(text.slice(span.start, span.end));
  const [, mark = "", inner = ""] = match ?? [];
  if (match === null || (inner.includes(mark) && !/^\w+$/.test(inner))) return span;
  return unwrapped(text, { start: span.start + mark.length, end: span.end - mark.length });
}

// From the first of several only, or a long row of blanks in a line would take its length squared.
const trailingBlanks = /(?<![ \t])[ \t]+$/;

function withoutHardBreak(source: string): string {
  const trimmed = source.replace(trailingBlanks, "");
  const slashes = /(?<!\\)\\*$/.exec(trimmed)?.[0].length ?? 0;
  return slashes % 2 === 0 ? trimmed : trimmed.slice(0, -1).replace(trailingBlanks, "");
}

function leadingSpace(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}
