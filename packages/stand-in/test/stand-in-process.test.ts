import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

import { createStandIn, createTempFolder, startCli } from "../src/index.ts";
import { findAlive } from "../src/stand-in-journal.ts";
import { kinds, play } from "./play.ts";

test("an earlier call that is still alive is written down as running alongside", async () => {
  await using first = await createTempFolder();
  await using second = await createTempFolder();
  await using claude = await createStandIn({ calls: [[{ do: "hang" }]], otherwise: [] });
  const hanging = startCli(claude.path, first.path, { prompt: "one" });
  await vi.waitFor(() => expect(claude.calls()).toHaveLength(1), { timeout: 20_000 });
  await startCli(claude.path, second.path, { prompt: "two" }).ended;
  process.kill(hanging.pid, "SIGKILL");
  expect(await hanging.ended).toBe("SIGKILL");
  await startCli(claude.path, second.path, { prompt: "three" }).ended;
  expect(claude.calls().map(({ alongside }) => alongside)).toEqual([[], [hanging.pid], []]);
  expect(claude.calls()[0]?.endedAt).toBeUndefined();
});

test("SIGTERM ends a call with 143 and no result, SIGINT with 0, and ignored signals with nothing", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({
    calls: [],
    otherwise: [
      { do: "ignore", signals: ["SIGHUP"] },
      { do: "say", text: "ready" },
      { do: "hang" },
    ],
  });
  const ends: unknown[] = [];
  for (const signals of [["SIGTERM"], ["SIGINT"], ["SIGHUP", "SIGKILL"]] as const) {
    const cli = startCli(claude.path, folder.path, { prompt: "x" });
    await vi.waitFor(() => expect(cli.text()).toContain("ready"), { timeout: 20_000 });
    for (const signal of signals) process.kill(cli.pid, signal);
    ends.push(await cli.ended);
    expect(cli.text()).not.toContain('"result"');
  }
  expect(ends).toEqual([143, 0, "SIGKILL"]);
});

async function killDuringCommand(signal: NodeJS.Signals) {
  await using folder = await createTempFolder();
  const claude = await createStandIn({ calls: [[{ do: "bash", command: "sleep 60" }]] });
  const cli = startCli(claude.path, folder.path, { prompt: "x" });
  const shells = await vi.waitFor(
    () => {
      const started = claude.calls()[0]?.started ?? [];
      expect(started).toHaveLength(1);
      return started;
    },
    { timeout: 20_000 },
  );
  process.kill(cli.pid, signal);
  return { code: await cli.ended, shells, last: cli.lines().at(-1), claude };
}

test("SIGTERM does not stop the shell command that runs, `dispose` does", async () => {
  const { code, shells, last, claude } = await killDuringCommand("SIGTERM");
  expect([code, last]).toEqual([143, expect.objectContaining({ type: "assistant" })]);
  expect(findAlive(shells)).toEqual(shells);
  await claude.dispose();
  await vi.waitFor(() => expect(findAlive(shells)).toEqual([]), { timeout: 20_000 });
});

test("SIGINT stops the shell command that runs and prints a result", async () => {
  const { code, shells, last, claude } = await killDuringCommand("SIGINT");
  await vi.waitFor(() => expect(findAlive(shells)).toEqual([]), { timeout: 20_000 });
  expect(code).toBe(0);
  expect(last).toMatchObject({ type: "result", terminal_reason: "aborted_tools", errors: [] });
  await claude.dispose();
});

test("what a call leaves behind outlives it and is gone after `dispose`", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({ calls: [[{ do: "leave", ms: 60_000 }]] });
  await startCli(claude.path, folder.path, { prompt: "x" }).ended;
  const left = claude.calls()[0]?.started ?? [];
  expect(findAlive(left)).toEqual(left);
  expect(left).toHaveLength(1);
  await claude.dispose();
  await vi.waitFor(() => expect(findAlive(left)).toEqual([]), { timeout: 20_000 });
});

test("raw lines, torn lines, stderr and a flood come out as they are told", async () => {
  const { code, text, stderr } = await play(
    {
      calls: [
        [
          { do: "print", line: "not json" },
          { do: "stderr", text: "warning\n" },
          { do: "flood", bytes: 3_500_000 },
          { do: "printPart", text: '{"type":"assis' },
          { do: "kill", signal: "SIGKILL" },
        ],
      ],
    },
    "x",
  );
  expect(code).toBe("SIGKILL");
  expect(stderr).toBe("warning\n");
  const lines = text.split("\n");
  expect(lines[1]).toBe("not json");
  expect(lines.at(-1)).toBe('{"type":"assis');
  expect(text.length).toBeGreaterThan(3_500_000);
  expect(() => lines.slice(2, -1).map((line) => JSON.parse(line) as unknown)).not.toThrow();
});

test.runIf(existsSync("/proc/self"))(
  "a closed stdout does not end a call, and nothing else takes its place",
  async () => {
    await using folder = await createTempFolder();
    const file = join(folder.path, "stdout");
    const { code, lines } = await play(
      {
        calls: [
          [
            { do: "closeStdout" },
            { do: "say", text: "unheard" },
            { do: "bash", command: `cd /proc/$PPID/fd; { readlink 1; stat -c %A 1; } > '${file}'` },
          ],
        ],
      },
      "x",
    );
    expect([code, kinds(lines())]).toEqual([0, ["system/init"]]);
    expect(readFileSync(file, "utf8")).toBe("/dev/null\nl-wx------\n");
  },
);

test("the folder of a stand-in is gone after `dispose`", async () => {
  const claude = await createStandIn({ calls: [] });
  expect(existsSync(claude.path)).toBe(true);
  await claude.dispose();
  expect(existsSync(claude.path)).toBe(false);
});
