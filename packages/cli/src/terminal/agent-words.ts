import type { AgentActivity } from "@samocode/core";
import { printableLines, printableText } from "@samocode/core/overview";
import { formatDuration, formatMoney, formatTokens, type Colors } from "@samocode/session";
import { wrapLine } from "./wrapped-text.ts";

export interface WordsView {
  readonly columns: number;
  readonly color: Colors;
  /** What the paths of the agent begin with, and a person need not read each time. */
  readonly places: readonly string[];
}

/** The longest text of a line, in characters. */
const maxText = 2000;

/** What an agent says or does, as a person would tell it; nothing of what only counts. */
export function tellActivity(
  event: AgentActivity,
  { columns, color, places }: WordsView,
): readonly string[] {
  const indent = "subagent" in event && event.subagent !== undefined ? "  ┆ " : "";
  const line = (text: string, mark = ""): readonly string[] =>
    wrapLine(printableText(text, maxText), columns, `${indent}${mark}`);
  switch (event.type) {
    case "init":
      return [
        ...line(`${event.model}, Claude ${event.version}`).map(color.dim),
        ...event.pluginErrors.flatMap((error) => line(error, "! ")).map(color.red),
        ...event.mcpFailures.flatMap((name) => line(`${name} did not start`, "! ")).map(color.red),
      ];
    case "text":
      return wordsOf(event.text, columns, indent);
    case "tool": {
      const target = places.reduce((text, place) => text.replaceAll(place, ""), event.target);
      return line(`${event.tool} ${target}`, "› ").map(color.cyan);
    }
    case "toolResult":
      return event.isError ? line("that failed", "  ✗ ").map(color.red) : [];
    case "retry": {
      const why = event.errorStatus === undefined ? "" : ` (${event.errorStatus})`;
      const text = `the API does not respond${why}: attempt ${event.attempt} of ${event.maxRetries} in ${formatDuration(event.delayMs)}`;
      return line(text, "… ").map(color.yellow);
    }
    case "limit":
      return event.status === "allowed"
        ? []
        : line(`limit ${event.window}: ${event.status}`, "… ").map(color.yellow);
    case "fallback":
      return line(`continues with ${event.to} instead of ${event.from}`, "… ").map(color.yellow);
    case "apiError":
      return line(`API error: ${event.text === "" ? event.error : event.text}`, "! ").map(
        color.red,
      );
    case "result":
      return resultLine(event, line).map(event.isError ? color.red : color.green);
    case "thinking":
    case "usage":
      return [];
  }
}

function wordsOf(text: string, columns: number, indent: string): readonly string[] {
  return printableLines(text)
    .trim()
    .split("\n")
    .flatMap((each) => {
      const [blanks = ""] = /^ */.exec(each) ?? [];
      return wrapLine(each.trim(), columns, `${indent}${blanks}`);
    });
}

function resultLine(
  {
    subtype,
    isError,
    turns,
    durationMs,
    costUsd,
    tokens,
    errors,
  }: Extract<AgentActivity, { type: "result" }>,
  line: (text: string, mark: string) => readonly string[],
): readonly string[] {
  const sum = tokens && tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
  const figures = [
    `${turns} ${turns === 1 ? "turn" : "turns"}`,
    formatDuration(durationMs),
    sum === undefined ? "" : formatTokens(sum),
    costUsd === undefined ? "" : formatMoney(costUsd),
  ].filter((part) => part !== "");
  const end = isError ? [subtype, ...errors].join(": ") : "ended";
  return line(`${end} (${figures.join(", ")})`, isError ? "✗ " : "✓ ");
}
