import type { Span } from "./rich-text.ts";

/**
 * A plan as a quote for a chat: headings and bold words are bold, tasks have boxes, lists have bullets. All else
 * stays as it was written, so that nothing of it is hidden.
 */
export function planSpans(text: string): readonly Span[] {
  let fence: string | undefined;
  const spans = text.split("\n").flatMap((line, index): readonly Span[] => {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    const wasCode = fence !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    const isCode = wasCode || mark !== undefined;
    const shown = isCode ? [{ text: line }] : lineSpans(line);
    return index === 0 ? shown : [{ text: "\n" }, ...shown];
  });
  return spans.filter((span) => span.text !== "").map((span) => ({ ...span, quoted: true }));
}

function lineSpans(line: string): readonly Span[] {
  const [, heading] = /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(line) ?? [];
  if (heading !== undefined) return [{ text: heading, style: "bold" }];
  return line
    .replace(/^(\s*)[-*+] \[ \](?= )/, "$1☐")
    .replace(/^(\s*)[-*+] \[[xX]\](?= )/, "$1☑")
    .replace(/^(\s*)[-*+](?= )/, "$1•")
    .split(/\*\*([^*]+)\*\*/)
    .map((part, index) => (index % 2 === 1 ? { text: part, style: "bold" } : { text: part }));
}
