import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "@samocode/testkit";
import { expect, it } from "vitest";
import { formatMendMessage } from "@samocode/agent-claude";
import { createClaudeBench, signal, type Agent, type ClaudeBench } from "./support/claude-bench.ts";
import { chargeOf } from "./support/charge.ts";
import { endingsOf } from "./support/session-reading.ts";

const missing = "cannot find `_signal.json`: expected it in the session folder";

const stop: Agent = (told) => [
  signal(told, { status: "blocked", reason: "enough", needs: "human_decision" }),
];

/** What the messages of a request say, those of the CLI's own left out. */
function toldIn({ api }: ClaudeBench, number: number): readonly string[] {
  const { messages = [] } = api.requests[number - 1] ?? {};
  return (
    messages
      // Which role has the words of a hook depends on the version of the CLI.
      .flatMap(({ content }) =>
        typeof content === "string" ? [content] : content.map(({ text: said = "" }) => said),
      )
  );
}

function mendMessage(bench: ClaudeBench, error: string): string {
  return formatMendMessage({
    error,
    sessionFolder: bench.folder(),
    phase: "investigation",
    iteration: 1,
  });
}

/** Makes the CLI run no hook, as a person may have set it. */
function switchHooksOff({ project }: ClaudeBench): void {
  const config = join(project.home, "claude-config");
  mkdirSync(config);
  writeFileSync(join(config, "settings.json"), '{ "disableAllHooks": true }');
}

function countLogs(bench: ClaudeBench): number {
  const logs = readdirSync(join(bench.folder(), "_logs"));
  return logs.filter((name) => name.endsWith(".jsonl")).length;
}

it("a missing and then a wrong signal are mended in the same breath, by the exact error", async () => {
  await using bench = await createClaudeBench([
    (told) => [
      text("I am done."),
      signal(told, { status: "continue", phase: "testing" }),
      text("Now I am done."),
      signal(told, { status: "continue", phase: "planning" }),
    ],
    stop,
  ]);
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
  expect(countLogs(bench)).toBe(2);
  expect(endingsOf(bench).map(({ event }) => event)).toEqual(["signal.continue", "signal.blocked"]);
  expect(toldIn(bench, 2).join("\n")).toContain(mendMessage(bench, missing));
  expect(toldIn(bench, 4).join("\n")).toContain(
    "> cannot go from `investigation` to `testing`: expected `investigation`, `planning`",
  );
  const [first] = endingsOf(bench);
  expect(first?.["refusals"]).toEqual([
    expect.objectContaining({ problem: missing }),
    expect.objectContaining({ text: expect.stringContaining('"phase":"testing"') }),
  ]);
  expect(first?.costUsd).toBeCloseTo(chargeOf(bench.api.requests.slice(0, 5)).costUsd, 9);
});

it("without hooks it is repaired by resuming the conversation, and only once is paid for each part", async () => {
  await using bench = await createClaudeBench([
    (told) => [
      text("I am done."),
      signal(told, { status: "continue", phase: "planning" }),
      text("Now I am done."),
    ],
    stop,
  ]);
  switchHooksOff(bench);
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
  expect(endingsOf(bench).map(({ event }) => event)).toEqual([
    "signal.invalid",
    "signal.continue",
    "signal.blocked",
  ]);
  const { requests } = bench.api;
  expect(requests[1]?.sessionId).toBe(requests[0]?.sessionId);
  expect(toldIn(bench, 2)).toContain(mendMessage(bench, missing));
  const [first, second, third] = endingsOf(bench);
  expect(first?.costUsd).toBeCloseTo(chargeOf(requests.slice(0, 1)).costUsd, 9);
  expect(second?.costUsd).toBeCloseTo(chargeOf(requests.slice(1, 3)).costUsd, 9);
  expect(second?.tokens).toBe(chargeOf(requests.slice(1, 3)).tokens);
  expect(third?.memory?.costUsd).toBeCloseTo(chargeOf(requests).costUsd, 9);
});

it("an agent that never answers blocks the session, with the reason", async () => {
  await using bench = await createClaudeBench([() => []]);
  const { exitCode, stderr } = await bench.run("t", "--task", "x");
  expect(exitCode).toBe(4);
  expect(stderr).toContain(missing);
  expect(bench.status()).toMatchObject({ blocked: "yes", needs: "error_resolution" });
  expect(countLogs(bench)).toBe(2);
  expect(new Set(bench.api.requests.map(({ sessionId }) => sessionId)).size).toBe(1);
});
