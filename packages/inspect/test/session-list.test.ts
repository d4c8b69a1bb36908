import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import type { InspectHost, SessionPlace, SessionReport } from "../src/index.ts";
import { createSessionList, type SessionRow } from "../src/session-list.ts";

const bare: SessionReport = {
  phase: "planning",
  state: "paused",
  questions: [],
  iteration: 1,
  costUsd: 0.5,
};

const unused = async () => ({ taken: false, state: "" });
const record = (timestamp: string): string => `${JSON.stringify({ event: "run", timestamp })}\n`;

async function createBench(reports: Record<string, SessionReport>) {
  const folder = await createTempFolder("samocode-list-");
  const names = Object.keys(reports);
  for (const name of names) mkdirSync(join(folder.path, name));
  const bench = { names, asked: [] as string[], fault: undefined as unknown };
  const host: InspectHost = {
    list: async () => {
      if (bench.fault !== undefined) throw bench.fault;
      return bench.names.map((name) => ({ name, folder: join(folder.path, name) }));
    },
    report: ({ name }: SessionPlace) => {
      bench.asked.push(name);
      return reports[name] ?? bare;
    },
    limits: { maxRetries: 1 },
    decide: unused,
    answer: unused,
    stop: unused,
    openLog: () => ({ read: () => 0, close: () => {} }),
  };
  const warnings: string[] = [];
  const list = createSessionList(host, (message) => warnings.push(message));
  const told: (readonly SessionRow[])[] = [];
  const leave = list.subscribe((rows) => told.push(rows));
  return Object.assign(bench, {
    list,
    told,
    warnings,
    leave,
    write: (name: string, text: string) => writeFileSync(join(folder.path, name), text),
    touch: (name: string, date: Date) => utimesSync(join(folder.path, name), date, date),
    async [Symbol.asyncDispose]() {
      leave();
      await folder.dispose();
    },
  });
}

it("shows of a session what its report says, and nothing in place of what it does not", async () => {
  await using bench = await createBench({
    full: {
      ...bare,
      state: "waiting.answers",
      waitingFor: "qa_answers",
      reason: "r".repeat(301),
      task: `\n ${"t".repeat(201)}\nmore`,
      costIsLeast: true,
      since: "01-15 14:30",
      run: { pid: 1, host: "h" },
      stopRequested: true,
      questions: [
        { id: "Q1", title: "a", options: [] },
        { id: "Q2", title: "b", options: [] },
      ] as unknown as SessionReport["questions"],
    },
    bare,
  });
  await expect.poll(() => bench.told.length).toBe(1);
  expect(bench.told[0]).toStrictEqual([
    {
      name: "full",
      task: "t".repeat(200),
      phase: "planning",
      state: "waiting.answers",
      waitingFor: "qa_answers",
      openQuestions: 2,
      reason: "r".repeat(300),
      iteration: 1,
      costUsd: 0.5,
      costIsLeast: true,
      since: "01-15 14:30",
      isRunning: true,
      stopRequested: true,
    },
    {
      name: "bare",
      phase: "planning",
      state: "paused",
      openQuestions: 0,
      iteration: 1,
      costUsd: 0.5,
      isRunning: false,
    },
  ]);
});

it("says when a session began: the time of its first record", async () => {
  await using bench = await createBench({ a: bare });
  await expect.poll(() => bench.told.length).toBe(1);
  bench.write(
    "a/_signal_history.jsonl",
    record("2026-01-15T14:30:00Z") + record("2026-01-16T00:00:00Z"),
  );
  await expect
    .poll(() => bench.told.at(-1))
    .toMatchObject([{ name: "a", began: "2026-01-15T14:30:00Z" }]);
});

it("reads a session again when its files change or while it runs, else not", async () => {
  await using bench = await createBench({
    still: bare,
    runs: { ...bare, run: { pid: 1, host: "h" } },
  });
  const count = (of: string): number => bench.asked.filter((name) => name === of).length;
  await expect.poll(() => count("runs")).toBeGreaterThan(2);
  expect(count("still")).toBe(1);
  expect(bench.told).toHaveLength(1);
  bench.write("still/_overview.md", "x");
  await expect.poll(() => count("still")).toBe(2);
});

it("tells the next one at once what the first has seen, and forgets a session that is gone", async () => {
  await using bench = await createBench({ a: bare, b: bare });
  await expect.poll(() => bench.told.length).toBe(1);
  const late: (readonly SessionRow[])[] = [];
  const leave = bench.list.subscribe((rows) => late.push(rows));
  expect(late).toEqual(bench.told);
  bench.names = ["b"];
  await expect.poll(() => late.at(-1)).toMatchObject([{ name: "b" }]);
  expect(bench.told.at(-1)).toMatchObject([{ name: "b" }]);
  bench.names = ["a", "b"];
  await expect.poll(() => late.at(-1)).toMatchObject([{ name: "a" }, { name: "b" }]);
  expect(bench.asked).toEqual(["a", "b", "a"]);
  leave();
});

it("warns once of a fault that stays, whatever it is", async () => {
  await using bench = await createBench({ a: bare });
  await expect.poll(() => bench.told.length).toBe(1);
  for (const fault of ["gone", new Error("worse")]) {
    bench.fault = fault;
    await expect.poll(() => bench.warnings.at(-1)).toBe(fault instanceof Error ? "worse" : "gone");
  }
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(bench.warnings).toEqual(["gone", "worse"]);
});
