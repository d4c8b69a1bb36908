import { sections } from "../text/markdown-section.ts";
import { toLines } from "../text/markdown-text.ts";

/** The text of a section's body: a body that is one quote is read as what it quotes. */
export function readPassage(body: string): string | undefined {
  const text = toLines(body);
  const lines = text.split("\n");
  if (text === "") return undefined;
  if (!lines.every((line) => line.startsWith(">"))) return text;
  return toLines(lines.map((line) => line.replace(/^> ?/, "")).join("\n")) || undefined;
}

/** Any text as a section's body: as it is, or quoted if it would end the section or begin another one. */
export function formatPassage(text: string): string {
  const passage = toLines(text);
  if (passage === "") return "";
  const above = "## A\n";
  const found = [...sections(`${above}${passage}\n\n## B\n`)];
  const [, first, second] = found;
  const alone = found.length === 3 && first?.end === second?.start;
  if (
    alone &&
    second?.start === above.length + passage.length + 2 &&
    readPassage(passage) === passage
  )
    return passage;
  return passage
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}
