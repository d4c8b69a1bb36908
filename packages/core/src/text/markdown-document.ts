import type { Nodes, Root } from "mdast";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";

/** A stretch of a text: from `start` up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

// Values are read from the source, so links and emphasis are noise here. Without links a definition
// further down cannot change what a slice means, which lets a slice be parsed alone.
const ignored = ["attention", "labelEnd", "labelStartImage", "labelStartLink"];

function blocksAndCode(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: ignored } }];
}

const parser = unified().use(remarkParse).use(blocksAndCode).freeze();

/** The syntax tree of `text.slice(start, end)`; offsets in it count from `start`. */
export function parseSlice(text: string, { start, end }: Span): Root {
  // The parser drops a leading U+FEFF and would shift every offset by one.
  return parser.parse(text.slice(start, end).replace(/^\uFEFF/, "\uFFFD"));
}

/** Where a node stands in the text whose slice from `base` on was parsed. */
export function spanOf(node: Nodes, base: number): Span {
  const { start, end } = node.position ?? {};
  return { start: base + (start?.offset ?? 0), end: base + (end?.offset ?? 0) };
}

// A second-level heading cannot be YAML: then the first line was a rule. Each line break is matched in one way
// only: with two, the time for a text without an end of its YAML would double with each line.
const frontMatter =
  /^---[ \t]*(?:\r?\n|\r(?!\n))(?:(?!##)[^\n\r]*(?:\r?\n|\r(?!\n)))*?---[ \t]*(?:\r\n?|\n|$)/;

/** Where Markdown begins: after a byte order mark and YAML front matter. */
export function bodyStart(text: string): number {
  const afterMark = text.startsWith("\uFEFF") ? 1 : 0;
  return afterMark + (frontMatter.exec(text.slice(afterMark))?.[0].length ?? 0);
}

/** The 1-based number of the line that holds `offset`. */
export function lineAt(text: string, offset: number): number {
  return (text.slice(0, offset).match(/\r\n?|\n/g)?.length ?? 0) + 1;
}

/** The offset at which the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineBreak(text, start - 1)) start--;
  return start;
}

/** The offset at which the line of `offset` ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineBreak(text, end)) end++;
  return end;
}

/** The line break at `offset`: `\r\n`, `\n`, `\r`, or nothing. */
export function lineBreakAt(text: string, offset: number): string {
  if (text.startsWith("\r\n", offset)) return "\r\n";
  return isLineBreak(text, offset) ? text.charAt(offset) : "";
}

/** The line break to write beside `offset`: that of its line, else of the line above, else the first of the text. */
export function lineBreakNear(text: string, offset: number): string {
  const own = lineBreakAt(text, lineEnd(text, offset));
  const start = lineStart(text, offset);
  const above =
    start === 0 ? "" : text.slice(0, start).endsWith("\r\n") ? "\r\n" : text.charAt(start - 1);
  return own || above || "\n";
}

/** The text with `span` replaced. */
export function splice(text: string, { start, end }: Span, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function isLineBreak(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 10 || code === 13;
}
