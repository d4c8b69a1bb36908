import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunEventLine } from "@samocode/core";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;

/** The lines of `--json`, each held against the schema: nothing is missing, and nothing undocumented. */
function eventsOf(stdout: string): readonly RunEventLine[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => {
      const json: unknown = JSON.parse(line);
      const event = RunEventLine.parse(json);
      expect(event).toEqual(json);
      return event;
    });
}

const moves = (events: readonly RunEventLine[]): readonly string[] =>
  events.flatMap((line) => (line.type === "session.moved" ? [`${line.event} ${line.to}`] : []));

it("tells each thing of a whole session as docs/events.md says, and nothing else on stdout", async () => {
  const leap = [signal({ status: "continue", phase: "done" })];
  const work = [
    { do: "tool", name: "Read", input: { file_path: "{cwd}/README.md" } },
    { do: "say", text: "key sk-ant-api03-abcdefgh" },
    { do: "bash", command: "echo hello" },
    { do: "print", line: "no JSON" },
    ...implement,
  ] as const;
  await using bench = await createBench(
    { calls: [ask, leap, investigate, plan, [{ do: "exit", code: 1 }], work, test, clean, sum] },
    { settings: { TEST_COMMAND: "echo '1..1'; echo 'ok 1 - it works'" } },
  );
  const { run } = bench;
  const first = await run("t", "--task", "x", "--json", "--no-wait");
  expect(first.exitCode).toBe(3);
  const asked = eventsOf(first.stdout);
  expect(asked.map(({ type }) => type).filter((type) => type !== "agent")).toEqual([
    "session.entered",
    "session.moved",
    "iteration.started",
    "session.moved",
    "session.rested",
  ]);
  expect(asked.find(({ type }) => type === "session.rested")).toMatchObject({
    state: "waiting.answers",
    exitCode: 3,
  });
  expect((await run("answer", "t", "Q1=A", "--json")).exitCode).toBe(0);
  const planned = await run("t", "--json", "--budget", "5");
  expect(planned.exitCode).toBe(3);
  expect(eventsOf(planned.stdout)[0]).toMatchObject({ state: "paused", budgetUsd: 5 });
  expect(moves(eventsOf(planned.stdout))).toEqual([
    "run working.investigation",
    "signal.continue working.investigation",
    "signal.continue working.planning",
    "signal.waiting waiting.approval",
  ]);
  expect((await run("approve", "t", "--json")).exitCode).toBe(0);
  const last = await run("t", "--json");
  expect(last.exitCode).toBe(0);
  const events = eventsOf(last.stdout);
  expect(moves(events)).toEqual([
    "run working.implementation",
    "agent.failed retrying",
    "wake working.implementation",
    "signal.continue working.testing",
    "signal.continue verifying",
    "tests.passed working.quality",
    "signal.continue verifying",
    "tests.passed working.done",
    "signal.done finished",
  ]);
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["timer.started", "tests.started"]),
  );
  expect(events).toContainEqual(
    expect.objectContaining({
      event: "signal.continue",
      from: "working.implementation",
      commits: [expect.stringContaining("Add login")],
      spent: expect.objectContaining({ turns: expect.any(Number) as number }) as object,
    }),
  );
  expect(last.stdout).toContain("key sk-***");
});

it("prints one JSON document and no more with --json, whatever the command", async () => {
  await using bench = await createBench({ calls: [ask] });
  await bench.run("t", "--task", "x");
  const commands = [
    "status t",
    "status",
    "list",
    "answer t --suggestions",
    "answer t Q1=B",
    "approve t",
    "reject t --feedback x",
    "resume t",
  ];
  const wrong: string[] = [];
  for (const command of commands) {
    const { stdout } = await bench.run(...command.split(" "), "--json");
    if (!isJson(stdout)) wrong.push(`${command}: ${stdout}`);
  }
  expect(wrong).toEqual([]);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it("tells a late signal with the end of the iteration that found it", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x", "--max-iterations", "1");
  writeFileSync(join(bench.folder(), "_signal.json"), '{"status":"continue","iteration":1}');
  const { stdout } = await bench.run("t", "--json");
  const types = eventsOf(stdout).map(({ type }) => type);
  expect(types).toContain("signal.late");
  expect(types[types.indexOf("signal.late") + 1]).toBe("session.moved");
});
