import { formatKeyLine } from "../text/key-line.ts";
import { sections } from "../text/markdown-section.ts";
import { markdownSpellings, toOneLine } from "../text/markdown-text.ts";
import { formatPassage } from "./overview-passage.ts";

/** What the first overview of a session says. */
export interface NewOverview {
  readonly name: string;
  /** `MM-DD HH:MM`. */
  readonly started: string;
  readonly workingDir: string;
  /** Any text of a person; it is quoted where it would otherwise change the document. @default "" */
  readonly task?: string | undefined;
  /** The same for a topic to dive into first; it gets a section of its own. @default "" */
  readonly dive?: string | undefined;
}

/**
 * The first overview of a session, in the phase `investigation`.
 *
 * @see docs/session-files.md
 * @example
 * formatOverview({ name: "login", started: "01-15 14:30", workingDir: "/code/login", task: "Add JWT login." });
 */
export function formatOverview(overview: NewOverview): string {
  const { name, started, workingDir, task = "", dive = "" } = overview;
  return `${formatTitle(name)}
${formatKeyLine("Started", started)}
${formatKeyLine("Working Dir", workingDir)}

${formatSection("Task", task)}${dive === "" ? "" : formatSection("Dive", dive)}## Status
Phase: investigation
Iteration: 1
Blocked: no
Last Action: Session created
Next: ${dive === "" ? "Investigate" : "Dive"}

## Flow Log
- [001 @ ${toOneLine(started)}] Session created

## Files
`;
}

function formatTitle(name: string): string {
  const title = `Session: ${toOneLine(name)}`;
  const lines = Array.from(markdownSpellings(title), (spelling) => `# ${spelling}`);
  return lines.find((line) => [...sections(line)].at(-1)?.title === title) ?? "# Session";
}

function formatSection(title: string, text: string): string {
  const passage = formatPassage(text);
  return `## ${title}\n${passage}${passage === "" ? "" : "\n"}\n`;
}
