import type { Nodes, RootContent } from "mdast";
import {
  bodyStart,
  lineBreakAt,
  lineEnd,
  lineStart,
  parseSlice,
  spanOf,
} from "./markdown-document.ts";
import type { Span } from "./markdown-document.ts";
import { unescapeMarkdown } from "./markdown-text.ts";

/** A heading at the top level of a document: not one in a quote, a list, a fence or a comment. */
interface Heading extends Span {
  readonly depth: number;
  /** Without emphasis around it, and without a colon at its end. */
  readonly title: string;
}

/** A heading with all that stands under it, to the next heading of at most the depth asked for. */
export interface Section extends Heading {
  readonly headingEnd: number;
  /** Where the text under the heading begins. */
  readonly bodyStart: number;
  /** The last one that was needed to find the end of this section. */
  readonly boundary: Boundary;
}

/**
 * A place at which a top-level block begins, so that what is above and what is below can be parsed alone.
 * If it is not `open`, no fence and no HTML block begins at the top level between it and the end of the
 * section: then every line there for which {@link isRestart} holds is such a place, too.
 */
interface Boundary {
  readonly offset: number;
  readonly open: boolean;
}

/*
 * Why a slice may be parsed alone. CommonMark finds blocks line by line: a line never changes the
 * blocks that ended above it. A heading `# x` or an item `- x` at column 0 ends every open block but
 * a fence or an HTML block at the top level, and these begin with at most three spaces and `<`, "```" or `~~~`.
 * So without such a line since the last boundary it is a boundary; with one, the parser is asked.
 */
const restart = "#{1,6}(?:[ \\t]|(?![^\\n\\r]))|[-*+] \\S";
const restartHere = new RegExp(restart, "y");
const restartBelow = new RegExp(`[\\n\\r](?=${restart})`, "g");
const opener = /(?:^|[\n\r]) {0,3}(?:<|`{3}|~{3})/;
// Every line that can be a top-level heading, or the underline of one, or hide one.
const signpost = / {0,3}(?:[#<=]|`{3}|~{3}|-+[ \t]*(?![^\n\r]))/y;
const atx = /^(#{1,6})(?:[ \t]+([^\n\r]*?))??(?:[ \t]+#+)?[ \t]*(?![^\n\r])/;

/** Every section down to `depth`, in order; what stands before the first heading comes first, with depth 0. */
export function* sections(text: string, depth = 2): Generator<Section> {
  const base = bodyStart(text);
  const body = bodyOf(text, base);
  let open: Heading = { depth: 0, title: "", start: 0, end: 0 };
  for (const { heading, boundary } of headings(body)) {
    if (heading !== undefined && heading.depth > depth) continue;
    const end = heading?.start ?? body.length;
    yield {
      ...open,
      start: base + open.start,
      headingEnd: base + open.end,
      bodyStart: base + open.end + lineBreakAt(body, open.end).length,
      end: base + end,
      boundary: { ...boundary, offset: base + boundary.offset },
    };
    if (heading !== undefined) open = heading;
  }
}

/** The text from there on. For the parser a lone carriage return is a line feed. */
function bodyOf(text: string, base: number): string {
  const source = text.slice(base);
  return source.includes("\r") ? source.replace(/\r(?!\n)/g, "\n") : source;
}

/** The first section of the second level with this title, in any letter case. */
export function findSection(text: string, title: string): Section | undefined {
  for (const section of sections(text)) if (isTitled(section, title)) return section;
  return undefined;
}

/** The heading of that section, at no more cost than to find it: what stands under it is not looked at. */
export function findHeading(text: string, title: string): Span | undefined {
  const base = bodyStart(text);
  for (const { heading } of headings(bodyOf(text, base))) {
    if (heading?.depth === 2 && heading.title.toLowerCase() === title.toLowerCase())
      return { start: base + heading.start, end: base + heading.end };
  }
  return undefined;
}

/** True for a second-level section with this title, in any letter case. */
export function isTitled(section: Section, title: string): boolean {
  return section.depth === 2 && section.title.toLowerCase() === title.toLowerCase();
}

/** The first line after `from` that may be a {@link Boundary}, or the end of the text. */
export function nextRestart(text: string, from: number): number {
  restartBelow.lastIndex = from;
  const found = restartBelow.exec(text);
  return found === null ? text.length : found.index + 1;
}

/** True if the line that begins at `offset` may be a {@link Boundary}. */
export function isRestart(text: string, offset: number): boolean {
  restartHere.lastIndex = offset;
  return restartHere.test(text);
}

/** The last line in `span` that may be a {@link Boundary}. */
export function lastRestart(text: string, { start, end }: Span): number | undefined {
  for (let line = end; line > start;) {
    line = lineStart(text, line - 1);
    if (line >= start && isRestart(text, line)) return line;
  }
  return undefined;
}

/** The first boundary after `from`, given that `start` is one; with the blocks between the two. */
export function nextBoundary(
  text: string,
  start: number,
  from: number,
): Span & { blocks: readonly RootContent[] } {
  for (let reach = from; ;) {
    const end = nextRestart(text, reach);
    const known = end === text.length || !opener.test(text.slice(start, end));
    const { children } = parseSlice(text, { start, end: known ? end : lineEnd(text, end) });
    const last = children.at(-1);
    const isAbove = (node: Nodes): boolean => spanOf(node, start).start < end;
    const found =
      last !== undefined &&
      (!isAbove(last) ||
        (last.type === "list" && last.children.some((i) => spanOf(i, start).start === end)));
    if (known || found) {
      if (last?.type === "list") last.children = last.children.filter(isAbove);
      return { start, end, blocks: children.filter(isAbove) };
    }
    // Doubling keeps the work in proportion when a block goes on for long.
    reach = Math.max(end, start + 2 * (end - start));
  }
}

/** Every top-level heading with the boundary known above it; at the end, the boundary alone. */
function* headings(body: string): Generator<{ heading?: Heading; boundary: Boundary }> {
  let boundary: Boundary = { offset: 0, open: false };
  let seen = -1;
  let line = nextSignpost(body, 0);
  while (line !== undefined) {
    const heading = headingAt(body, line);
    if (heading !== undefined) {
      yield { heading, boundary };
      boundary = { offset: line, open: false };
      seen = line;
      line = nextSignpost(body, heading.end + 1);
      continue;
    }
    const start = lastRestart(body, { start: boundary.offset, end: line }) ?? boundary.offset;
    const { end, blocks } = nextBoundary(body, start, line);
    boundary = { offset: start, open: true };
    for (const block of blocks) {
      const found = block.type === "heading" ? headingOf(body, spanOf(block, start)) : undefined;
      if (found !== undefined && found.start > seen) yield { heading: found, boundary };
    }
    if (end === body.length) break;
    boundary = { offset: end, open: false };
    line = nextSignpost(body, end);
  }
  yield { boundary };
}

/** The first signpost in the lines from `start` on. */
function nextSignpost(body: string, start: number): number | undefined {
  for (let line = start; line < body.length;) {
    signpost.lastIndex = line;
    if (signpost.test(body)) return line;
    const lineFeed = body.indexOf("\n", line);
    line = lineFeed === -1 ? body.length : lineFeed + 1;
  }
  return undefined;
}

/** The heading of a line that needs no parser: `#` at column 0. */
function headingAt(body: string, line: number): Heading | undefined {
  const end = lineEnd(body, line);
  const match = body.charAt(line) === "#" ? atx.exec(body.slice(line, end)) : null;
  if (match === null) return undefined;
  return { start: line, end, depth: (match[1] ?? "").length, title: titleOf(match[2] ?? "") };
}

/** The heading that the parser found: with one to three spaces before it, or underlined. */
function headingOf(body: string, span: Span): Heading {
  const start = lineStart(body, span.start);
  const end = lineEnd(body, span.end);
  const match = atx.exec(body.slice(span.start, end));
  if (match !== null)
    return { start, end, depth: (match[1] ?? "").length, title: titleOf(match[2] ?? "") };
  const underline = lineStart(body, end);
  const title = titleOf(body.slice(span.start, underline));
  return { start, end, depth: body.slice(underline, end).includes("=") ? 1 : 2, title };
}

function titleOf(source: string): string {
  const bare = source
    .trim()
    .replace(/^([*_]{1,3}|`)(.+)\1(:?)$/, "$2$3")
    .replace(/:$/, "");
  return unescapeMarkdown(bare.trim());
}
