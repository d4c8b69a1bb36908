import type { ListItem, RootContent } from "mdast";
import {
  lineAt,
  lineBreakNear,
  lineEnd,
  lineStart,
  parseSlice,
  spanOf,
  splice,
} from "../text/markdown-document.ts";
import type { Span } from "../text/markdown-document.ts";
import { findSection, isRestart, lastRestart, nextBoundary } from "../text/markdown-section.ts";
import type { Section } from "../text/markdown-section.ts";
import { markdownSpellings, toOneLine, unescapeMarkdown } from "../text/markdown-text.ts";
import { OverviewError } from "./overview-error.ts";
import { locateStatus } from "./overview-status.ts";

const title = "Flow Log";
// An item that is one line of text whatever stands around it: no definition, no block in it.
const plainItem =
  /[-*+] (\[\d[^[\]\\\n\r]*\](?!:)[^\n\r]*|[A-Za-z][^\n\r]*)(?:\r\n?|\n|$)(?:[ \t]*(?:\r\n?|\n))*/y;

/**
 * The entries of the Flow Log, each as one line: the items of its lists (without what is nested in them),
 * and the lines outside of lists that begin with `[`.
 *
 * @example
 * readFlowLog("## Flow Log\n- [001 @ 01-15 14:30] Session created\n"); // ["[001 @ 01-15 14:30] Session created"]
 */
export function readFlowLog(text: string): readonly string[] {
  const section = findSection(text, title);
  if (section === undefined) return [];
  const source = text.slice(0, section.end);
  const entries: string[] = [];
  for (let at = section.start; at < source.length;) {
    plainItem.lastIndex = at;
    const [item = "", line = ""] = plainItem.exec(source) ?? [];
    const below = at + item.length;
    if (item !== "" && (below === source.length || isRestart(source, below))) {
      entries.push(unescapeMarkdown(line.trimEnd()));
      at = below;
    } else {
      const { end, blocks } = nextBoundary(source, at, at);
      for (const block of blocks)
        entries.push(...entriesOf(source, block, at).map((entry) => textOf(source, entry)));
      at = end;
    }
  }
  return entries.filter((entry) => entry !== "");
}

/**
 * The overview with one more Flow Log entry after the last one, in its list's marker and line breaks;
 * all other bytes are kept. Without a Flow Log, a new one follows the Status section.
 *
 * @param line - becomes one line without control characters; an empty one changes nothing
 * @throws {OverviewError} When there is neither a Flow Log nor a Status section, or something in the
 * section (a fence that is never closed) would swallow the entry.
 * @example
 * appendFlowLog("## Flow Log\n* [001 @ 01-15 14:30] Session created\n", "[002 @ 01-15 14:41] Plan approved");
 */
export function appendFlowLog(text: string, line: string): string {
  const entry = toOneLine(line);
  if (entry === "") return text;
  const section = findSection(text, title);
  for (const spelling of markdownSpellings(entry)) {
    for (const edited of section ? appended(text, section, spelling) : created(text, spelling)) {
      const after = findSection(edited, title);
      const grown = edited.length - text.length;
      if (after === undefined || (section && after.end !== section.end + grown)) continue;
      const last = lastEntry(edited, after);
      if (last !== undefined && textOf(edited, last) === entry) return edited;
    }
  }
  throw new OverviewError({
    line: lineAt(text, section?.start ?? text.length),
    found: "a Flow Log with an open code fence or comment",
    expected: "a list, with every code fence and comment closed",
  });
}

function* appended(text: string, section: Section, spelling: string): Generator<string> {
  const last = lastEntry(text, section);
  const content = text.slice(section.bodyStart, section.end).trimEnd();
  const gap = last === undefined && content !== "" ? 2 : 1;
  const above = content === "" ? section.headingEnd : section.bodyStart + content.length;
  const at = last?.end ?? lineEnd(text, above);
  const lineBreak = lineBreakNear(text, at);
  const added = lineBreak.repeat(gap) + (last?.head ?? "- ") + spelling;
  yield splice(text, { start: at, end: at }, added);
  // Without an empty line, what follows would continue the entry.
  yield splice(text, { start: at, end: at }, added + lineBreak);
}

function* created(text: string, spelling: string): Generator<string> {
  const { section } = locateStatus(text);
  const lineBreak = lineBreakNear(text, section.start);
  const above = text.slice(0, section.end);
  const missing = /(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)$/.test(above) ? 0 : /[\n\r]$/.test(above) ? 1 : 2;
  const below = section.end === text.length ? "" : lineBreak;
  const added = `${lineBreak.repeat(missing)}## ${title}${lineBreak}- ${spelling}${lineBreak}${below}`;
  yield splice(text, { start: section.end, end: section.end }, added);
}

/** An entry where it stands, and what the next one begins with. */
interface Entry {
  /** Its text in the source, which may go over several lines. */
  readonly content: Span;
  /** Where its last line ends, with all that belongs to it. */
  readonly end: number;
  readonly head: string;
}

/** The last entry; reads no more of a long log than it needs. */
function lastEntry(text: string, { start, end, boundary }: Section): Entry | undefined {
  const first = Math.max(start, boundary.offset);
  let from = boundary.open ? first : (lastRestart(text, { start: first, end }) ?? first);
  for (;;) {
    const { children } = parseSlice(text, { start: from, end });
    const last = children.flatMap((block) => entriesOf(text, block, from)).at(-1);
    if (last !== undefined || from === start) return last;
    // Doubling, as in a log that ends in long notes.
    from =
      from <= first
        ? start
        : (lastRestart(text, { start: first, end: Math.max(first, 2 * from - end) }) ?? first);
  }
}

function entriesOf(text: string, block: RootContent, base: number): Entry[] {
  if (block.type === "list") return block.children.map((item) => entryOfItem(text, item, base));
  if (block.type !== "paragraph") return [];
  const { start, end } = spanOf(block, base);
  const entries: Entry[] = [];
  for (let at = start; at < end; at = lineEnd(text, at) + 1) {
    const line = { start: at, end: lineEnd(text, at) };
    const head = /^[ \t]*/.exec(text.slice(at, line.end))?.[0] ?? "";
    if (text.startsWith("[", at + head.length))
      entries.push({ content: line, end: line.end, head });
  }
  return entries;
}

function entryOfItem(text: string, item: ListItem, base: number): Entry {
  const { start, end } = spanOf(item, base);
  const source = text.slice(start, end).trimEnd();
  const [, marker = "", space = ""] = /^([-*+]|\d+[.)])([ \t]{1,4}(?=\S))?/.exec(source) ?? [];
  const number = Number.parseInt(marker, 10);
  const next = number < 999_999_999 ? marker.replace(/\d+/, String(number + 1)) : marker;
  const [content] = item.children;
  return {
    content: content === undefined ? { start, end: start } : spanOf(content, base),
    end: lineEnd(text, start + source.length),
    head: text.slice(lineStart(text, start), start) + next + (space || " "),
  };
}

function textOf(text: string, { content }: Entry): string {
  const lines = text.slice(content.start, content.end).split(/\r\n?|\n/);
  const joined = lines.map((line, index) =>
    (index < lines.length - 1 ? line.replace(/\\$/, "") : line).trim(),
  );
  return unescapeMarkdown(joined.join(" ").trim());
}
