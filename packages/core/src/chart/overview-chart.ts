import type { Code } from "mdast";
import { formatMarks, formatMermaid } from "./chart-mermaid.ts";
import { outlineChart } from "./chart-outline.ts";
import { createChart, type ChartNode } from "./chart.ts";
import {
  lineBreakAt,
  lineBreakNear,
  lineEnd,
  lineStart,
  parseSlice,
  spanOf,
  splice,
} from "../text/markdown-document.ts";
import type { Span } from "../text/markdown-document.ts";
import { findHeading, findSection } from "../text/markdown-section.ts";

const title = "Statechart";

/** A fenced block. */
interface Block {
  /** What stands between the fences, with the line breaks there. */
  readonly inside: Span;
  /** What stands before the opening fence. */
  readonly indent: string;
}

/**
 * The overview with the outline of the statechart and this state marked on it, as a Mermaid block: the first one
 * in the section `Statechart`, or one in a new section at the end. Every byte outside of the fences is kept.
 * Where the section has no such block, its fence is never closed, or the end of the text is no place for a new
 * section, nothing changes. Nothing is thrown.
 *
 * @param state Id of the state, as `formatState` gives it.
 * @example
 * editChart("## Status\nPhase: planning\n", "working.planning").includes("class planning current"); // true
 */
export function editChart(text: string, state: string): string {
  const heading = findHeading(text, title);
  if (heading === undefined) {
    const edited = withSection(text, state);
    return readChart(edited) === chartOf(state) ? edited : text;
  }
  const block = blockBelow(text, heading) ?? blockInSection(text);
  if (block === undefined) return text;
  const { inside, indent } = block;
  const lineBreak = lineBreakNear(text, inside.start);
  const lines = chartOf(state).split("\n");
  return splice(text, inside, lines.map((line) => indent + line + lineBreak).join(""));
}

/** The Mermaid text in the section `Statechart`; nothing if there is none. */
export function readChart(text: string): string | undefined {
  const found = findCode(text);
  return found?.node.value.replaceAll(/\r\n?/g, "\n");
}

function withSection(text: string, state: string): string {
  const lineBreak = lineBreakNear(text, text.length);
  const gap = /(?:^|\n|\r)$/.test(text) ? lineBreak : lineBreak.repeat(2);
  const lines = [`## ${title}`, "", "```mermaid", ...chartOf(state).split("\n"), "```", ""];
  return text + gap + lines.join(lineBreak);
}

// Each line break is matched in one way only: with two, empty lines would take a time that doubles with each.
const opener = /(?:[ \t]*(?:\r?\n|\r(?!\n)))+( {0,3})(`{3,}|~{3,})[ \t]*mermaid[ \t]*(?:\r\n?|\n)/y;

/** The block right below a heading: where only empty lines are between the two, no parser need be asked. */
function blockBelow(text: string, heading: Span): Block | undefined {
  opener.lastIndex = heading.end;
  const [head, indent = "", fence = ""] = opener.exec(text) ?? [];
  if (head === undefined) return undefined;
  return closedBlock(text, heading.end + head.length, indent, fence);
}

/** The first Mermaid block of the section, wherever it stands in it. */
function blockInSection(text: string): Block | undefined {
  const found = findCode(text);
  if (found === undefined) return undefined;
  const { start } = found.span;
  const below = lineEnd(text, start);
  const [fence = ""] = /^(?:`{3,}|~{3,})/.exec(text.slice(start, below)) ?? [];
  if (fence === "") return undefined;
  const indent = text.slice(lineStart(text, start), start);
  return closedBlock(text, below + lineBreakAt(text, below).length, indent, fence);
}

function closedBlock(text: string, start: number, indent: string, fence: string) {
  const closer = new RegExp(
    `(?<=[\\n\\r]) {0,3}${fence}${fence.charAt(0)}*[ \\t]*(?![^\\n\\r])`,
    "g",
  );
  closer.lastIndex = start;
  const found = closer.exec(text);
  return found === null ? undefined : { inside: { start, end: found.index }, indent };
}

function findCode(text: string): { readonly node: Code; readonly span: Span } | undefined {
  const section = findSection(text, title);
  if (section === undefined) return undefined;
  const { children } = parseSlice(text, section);
  const node = children.find((child) => child.type === "code" && child.lang === "mermaid");
  return node?.type === "code" ? { node, span: spanOf(node, section.start) } : undefined;
}

let outline: { readonly nodes: readonly ChartNode[]; readonly text: string } | undefined;

/** Between two iterations there is little time: the outline is drawn once, and the mark is added to it. */
function chartOf(current: string): string {
  outline ??= drawOutline();
  const marks = formatMarks(outline.nodes, { current });
  return [outline.text, ...marks.map((line) => `  ${line}`)].join("\n");
}

function drawOutline() {
  const chart = createChart();
  const { nodes } = outlineChart(chart);
  return { nodes, text: formatMermaid(chart, { compact: true }).trimEnd() };
}
