import { join } from "node:path";
import { readIfRegular, sessionFiles } from "@samocode/core/store";
import { z } from "zod";

/** An answer that was refused while its agent still ran. The runner puts it into the history. */
export const Refusal = z.object({
  /** ISO 8601. */
  timestamp: z.string(),
  /** What the agent was told. */
  problem: z.string(),
  /** What it had written, cut; absent if there was no file. */
  text: z.string().optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/** The longest refused answer that is kept, in characters. */
const maxKept = 4000;

/**
 * The file in the session folder with the refusals of one run of an agent. It does not end in `.jsonl`, as the
 * streams of iterations in the same place do.
 *
 * @example
 * refusalsFile("8e5c2a7e"); // "_logs/8e5c2a7e.refused.ndjson"
 */
export function refusalsFile(runId: string): string {
  return `${sessionFiles.logs}/${runId}.refused.ndjson`;
}

/** One line for that file. */
export function formatRefusal(problem: string, text: string | undefined, now: Date): string {
  const refusal: Refusal = {
    timestamp: now.toISOString(),
    problem,
    ...(text !== undefined && { text: text.slice(0, maxKept) }),
  };
  return `${JSON.stringify(refusal)}\n`;
}

/** Reads that file, oldest first; a line that is no refusal is left out. */
export function parseRefusals(text: string): Refusal[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [Refusal.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** The refusals of one run of an agent, oldest first. */
export function readRefusals(sessionFolder: string, runId: string): Refusal[] {
  const path = join(sessionFolder, refusalsFile(runId));
  return parseRefusals(readIfRegular(path)?.toString("utf8") ?? "");
}
