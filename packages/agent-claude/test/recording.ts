import { readFileSync } from "node:fs";
import { z } from "zod";
import type { EndFacts } from "../src/outcome.ts";
import { parseStreamLine } from "../src/stream.ts";
import type { StreamEvent } from "../src/stream-event.ts";
import { addLine, emptySummary } from "../src/stream-summary.ts";

const folder = new URL("./fixtures/cli/recorded/", import.meta.url);

const ends = z
  .record(
    z.string(),
    z.object({
      exitCode: z.number().nullable(),
      exitSignal: z.string().nullable(),
      stderr: z.string(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("ends.json", folder), "utf8")));

/** Names of all recordings. */
export const recordings: readonly string[] = Object.keys(ends);

/** The lines of a recording. */
export function linesOf(name: string): string[] {
  return readFileSync(new URL(`${name}.jsonl`, folder), "utf8")
    .split("\n")
    .slice(0, -1);
}

/** The events of a recording. */
export function eventsOf(name: string): StreamEvent[] {
  return linesOf(name).flatMap(parseStreamLine);
}

/** The facts of a recorded run, as if it had ended by itself. */
export function factsOf(name: string): EndFacts {
  const end = ends[name];
  if (end === undefined) throw new Error(`no recording ${name}`);
  return {
    summary: linesOf(name).map(parseStreamLine).reduce(addLine, emptySummary),
    exitKnown: true,
    exitCode: end.exitCode,
    exitSignal: end.exitSignal,
    stderrTail: end.stderr,
    saidAt: Date.UTC(2026, 10, 30),
    ranMs: 1000,
    silentMs: 0,
  };
}
