import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { judgeOutcome } from "../../src/claude/outcome.ts";
import { shortly, silent, summaryOf } from "./outcome-facts.ts";

const Recording = z.object({
  version: z.string(),
  name: z.string(),
  lines: z.array(z.looseObject({ type: z.string() })),
});

/** What the oldest and the newest version of the CLI say of a limit, in November 2026, less what is not about it. */
const recordings = z
  .array(Recording)
  .parse(JSON.parse(readFileSync(new URL("../fixtures/cli/limits.json", import.meta.url), "utf8")));

const saidAt = Date.UTC(2026, 10, 30, 17, 14);
const evening = Date.UTC(2026, 10, 30, 20, 14);
const friday = Date.UTC(2026, 11, 4, 17, 14);
const resets = new Map([
  ["five hours", evening],
  ["extra usage", evening],
  ["a week", friday],
  ["a week of Opus", friday],
]);

const judge = (told: object[]) =>
  judgeOutcome({ ...silent, saidAt, exitCode: 1, summary: summaryOf(...told) });

it.each(recordings)("$version: $name", ({ name, lines }) => {
  const until = resets.get(name);
  const inWords = lines.filter(({ type }) => type !== "rate_limit_event");
  for (const told of [lines, inWords]) {
    const outcome = judge(told);
    if (name === "the server's own" || name === "of a key") {
      expect(shortly(outcome)).toBe("rate-limit, retry");
    } else {
      expect(outcome.type).toBe("limited");
      expect("until" in outcome ? outcome.until : undefined).toBe(until);
    }
  }
});

it("both versions are there", () => {
  expect([...new Set(recordings.map(({ version }) => version))]).toEqual(["2.1.332", "2.1.100"]);
});
