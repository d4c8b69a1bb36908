import type { RootContent } from "mdast";
import { bodyStart, lineAt, lineStart, parseSlice, spanOf } from "../text/markdown-document.ts";
import type { OverviewProblem } from "./overview-error.ts";

const lookalike =
  /(?:^|[\n\r])[ \t>*+\-\d.)]*(#{1,6}[ \t]*[*_`]*status\b[^\n\r]*|status[*_`: \t]*(?:\r\n?|\n)[ \t>]*[=-]+[ \t]*(?![^\n\r]))/i;

const containers: Partial<Record<RootContent["type"], string>> = {
  blockquote: "a quote",
  code: "a code block",
  html: "a comment or HTML block",
  list: "a list",
};

/** Why a text has no Status section: where something looks like one, and what hides it. */
export function explainMissingStatus(text: string): OverviewProblem {
  const expected = "a `## Status` section with a `Phase:` line at the top level";
  const base = bodyStart(text);
  const match = lookalike.exec(text.slice(base));
  const source = match?.[1]?.split(/[\n\r]/, 1)[0] ?? "";
  if (match === null) return { found: "no `## Status` heading", expected };
  const at = base + match.index + match[0].indexOf(source);
  const block = parseSlice(text, { start: base, end: text.length }).children.find((node) => {
    const { start, end } = spanOf(node, base);
    return start <= at && at < end;
  });
  const container = block && containers[block.type];
  const line = lineAt(text, at);
  if (block === undefined || container === undefined)
    return { line, found: `\`${source}\``, expected };
  if (!isOpen(text, block, base))
    return { line, found: `\`${source}\` inside ${container}`, expected };
  const found = `${container} that is never closed and hides \`${source}\` on line ${line}`;
  return { line: lineAt(text, spanOf(block, base).start), found, expected };
}

function isOpen(text: string, block: RootContent, base: number): boolean {
  const { start, end } = spanOf(block, base);
  const source = text.slice(start, end);
  if (block.type === "html") return source.startsWith("<!--") && !source.includes("-->");
  const fence = /^(`{3,}|~{3,})/.exec(source)?.[1];
  if (block.type !== "code" || fence === undefined) return false;
  return !source.slice(lineStart(source, source.length)).trim().startsWith(fence);
}
