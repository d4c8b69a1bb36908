import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { AgentActivity } from "@samocode/core";
import { sessionFiles, type Store } from "@samocode/core/store";
import { z } from "zod";
import { readTail } from "@samocode/process";
import { claudeLog } from "@samocode/agent-claude";
import { openSession } from "../config/open-session.ts";
import { UsageError } from "@samocode/session";
import { quoteData } from "./data-text.ts";
import { runnerLogOf } from "./runner-process.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** The most of a log that is read, in bytes: most of its lines are parts of messages. */
const maxLogBytes = 4 * 1024 * 1024;
const maxChars = 20_000;
const maxSaid = 1000;

/** Tells what an agent has said and done. */
export const logs = createTool({
  name: "logs",
  description:
    "Shows what the agent of a session said and did in its newest iteration, or in another one, newest last. Use it if something went wrong or the person asks; to follow a session, `wait` and `status` are enough.",
  input: z.strictObject({
    session,
    iteration: z
      .int()
      .positive()
      .optional()
      .describe("Number of the iteration (default: the newest)"),
    lines: z.int().min(1).max(400).default(40).describe("Maximum number of entries"),
  }),
  looksOnly: true,
  async act({ session, iteration, lines }, { flags }) {
    const { store, name } = await openSession(session, flags);
    const log = findLog(store, iteration);
    const runnerSays = readTail(runnerLogOf(store), 0, maxSaid).trim();
    if (log === undefined) {
      const which = iteration === undefined ? "a log" : `a log of iteration ${iteration}`;
      throw new UsageError(`cannot find ${which} of \`${name}\`: no such file in its \`_logs\``);
    }
    const text = readTail(join(store.folder, log), 0, maxLogBytes);
    const told = text
      .split("\n")
      .flatMap((line) => claudeLog.parseLine(line))
      .flatMap(describe);
    return [
      `${log}, in the agent's words:`,
      told.length === 0 ? "(nothing yet)" : quoteEnd(told.slice(-lines)),
      ...(runnerSays === "" ? [] : ["Output of the runner:", quoteData(runnerSays, maxSaid)]),
    ].join("\n");
  },
});

/** The log of an iteration, as a path in the session folder; of one that was repaired, the newest. */
function findLog(store: Store, iteration: number | undefined): string | undefined {
  const folder = join(store.folder, sessionFiles.logs);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const number = iteration === undefined ? String.raw`\d+` : String(iteration).padStart(3, "0");
  const form = new RegExp(String.raw`^\d\d-\d\d-\d{4}-${number}-.*\.jsonl$`);
  const found = readdirSync(folder)
    .filter((name) => form.test(name))
    .map((name) => ({ name, stats: lstatSync(join(folder, name)) }))
    // An agent can put a link there that leads to anything.
    .filter(({ stats }) => stats.isFile())
    .toSorted((one, other) => one.stats.mtimeMs - other.stats.mtimeMs);
  const newest = found.at(-1);
  return newest && join(sessionFiles.logs, newest.name);
}

/** What a person would tell of it; nothing of what only counts. */
function describe(event: AgentActivity): string[] {
  switch (event.type) {
    case "text":
      return [`says: ${event.text.slice(0, maxSaid)}`];
    case "tool":
      return [`${event.tool} ${event.target}`.trim()];
    case "toolResult":
      return event.isError ? ["(failed)"] : [];
    case "retry":
      return [`waits for the API, attempt ${event.attempt} of ${event.maxRetries}`];
    case "apiError":
      return [`API error: ${event.text.slice(0, maxSaid)}`];
    case "result":
      return [`ended: ${[event.subtype, ...event.errors].join(", ")}`];
    default:
      return [];
  }
}

/** The end of it that fits: of a log the newest counts. */
function quoteEnd(lines: readonly string[]): string {
  let from = lines.length;
  for (let chars = 0; from > 0; from--) {
    chars += lines[from - 1]?.length ?? 0;
    if (chars > maxChars) break;
  }
  return quoteData(lines.slice(from).join("\n"), maxChars);
}
