import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { leastVersion } from "../src/cli-version.ts";
import { judgeOutcome } from "../src/outcome.ts";
import { shortly, silent, summaryOf } from "./outcome-facts.ts";

const Recording = z.object({
  version: z.string(),
  name: z.string(),
  saidAt: z.iso.datetime(),
  lines: z.array(z.looseObject({ type: z.string() })),
});

const Versions = z.record(z.string(), z.string()).optional();
const Manifest = z.object({ dependencies: Versions, optionalDependencies: Versions });

/** What the oldest and the newest version of the CLI say of a limit, less what is not about it. */
const recordings = z
  .array(Recording)
  .parse(JSON.parse(readFileSync(new URL("./fixtures/cli/limits.json", import.meta.url), "utf8")));

/** After how many hours a limit ends. */
const hours = new Map([
  ["five hours", 3],
  ["extra usage", 3],
  ["a week", 96],
  ["a week of Opus", 96],
]);

it.each(recordings)("$version: $name", ({ name, lines, ...recording }) => {
  const saidAt = Date.parse(recording.saidAt);
  const ahead = hours.get(name);
  const until = ahead === undefined ? undefined : saidAt + ahead * 3_600_000;
  const judge = (told: object[]) =>
    judgeOutcome({ ...silent, saidAt, exitCode: 1, summary: summaryOf(...told) });
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

it("are those of the versions with which the story is played", () => {
  const pinned = ["newest", "oldest"].flatMap((edition) => {
    const path = `../../testkit/claude-cli/${edition}/package.json`;
    const { dependencies, optionalDependencies } = Manifest.parse(
      JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")),
    );
    return [...new Set(Object.values({ ...dependencies, ...optionalDependencies }))];
  });
  expect(pinned[1]).toBe(leastVersion);
  expect([...new Set(recordings.map(({ version }) => version))]).toEqual(pinned);
});
