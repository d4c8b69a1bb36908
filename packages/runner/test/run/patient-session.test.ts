import type { RunEvent } from "@samocode/core";
import { formatOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { decide } from "@samocode/session";
import { runSession } from "../../src/run/run-session.ts";
import type { AgentHappened, Hands, RunOptions, TestsHappened } from "../../src/run/run-options.ts";

const toPlanning = { event: { type: "signal.continue", phase: "planning" } } as const;
const askPlan = { event: { type: "signal.waiting", for: "plan_approval" } } as const;
const block = {
  event: { type: "signal.blocked", reason: "end", needs: "human_decision" },
} as const;

async function createBench() {
  const folder = await createTempFolder("samocode-patient-");
  const file = join(folder.path, "_overview.md");
  const facts = { name: "t", started: "01-15 14:30", workingDir: "/w", task: "x" };
  writeFileSync(file, formatOverview(facts));
  const store = openStore(folder.path);
  const told: RunEvent[] = [];
  const cancel = new AbortController();
  return {
    store,
    file,
    cancel,
    told,
    faults: () => told.filter(({ type }) => type === "overview.unreadable"),
    records: () => store.readHistory().records,
    last: () => store.readHistory().records.at(-1),
    aside: () => renameSync(file, `${file}~`),
    back: () => renameSync(`${file}~`, file),
    run: async (agent: (call: number) => unknown, more: Partial<RunOptions> = {}) => {
      let calls = 0;
      const exit = await runSession({
        store,
        hands: {
          runAgent: async () => {
            if (++calls > 20) throw new Error("called for ever");
            return agent(calls) as AgentHappened;
          },
          runTests: async () => ({ event: { type: "tests.passed" } }),
        },
        settings: { budgetUsd: 5 },
        timeoutMs: 1000,
        overviewMs: 0,
        wait: false,
        acceptSuggestions: false,
        cancel: cancel.signal,
        tell: (event) => told.push(event),
        ...more,
      });
      return { exit, calls };
    },
    async [Symbol.asyncDispose]() {
      cancel.abort();
      await folder.dispose();
    },
  };
}

it.each([
  ["missing", undefined],
  ["empty", ""],
  ["not UTF-8", Buffer.from([0x66, 0xfc, 0x72])],
  ["half saved", "# Session: t\n\n## Sta"],
])("a run that waits goes on waiting while the overview is %s", async (_, bytes) => {
  await using bench = await createBench();
  const { store, file, aside, faults } = bench;
  const run = bench.run((call) => [toPlanning, askPlan, block][call - 1], { wait: true });
  await vi.waitUntil(() => bench.told.some(({ type }) => type === "waiting"), 20_000);
  if (bytes === undefined) aside();
  else {
    writeFileSync(`${file}~`, readFileSync(file));
    writeFileSync(file, bytes);
  }
  await vi.waitUntil(() => faults().length > 0, 20_000);
  // Another change of the folder is no other fault.
  writeFileSync(join(store.folder, "_qa.md"), "x");
  await sleep(200);
  expect(faults()).toHaveLength(1);
  bench.back();
  await decide(store, { type: "approve" });
  await vi.waitUntil(() => bench.last()?.to === "blocked", 20_000);
  bench.cancel.abort();
  expect((await run).calls).toBe(3);
  expect(bench.records().map(({ event }) => event)).not.toContain("overview.unreadable");
});

it("waits for the overview when an iteration has ended, and then records it", async () => {
  await using bench = await createBench();
  const run = bench.run(
    (call) => {
      if (call === 1) {
        bench.aside();
        setTimeout(bench.back, 50);
        return toPlanning;
      }
      return block;
    },
    { overviewMs: 60_000 },
  );
  expect(await run).toEqual({ exit: 4, calls: 2 });
  expect(bench.faults()).toHaveLength(1);
  expect(bench.records().map(({ event }) => event)).toEqual([
    "run",
    "signal.continue",
    "signal.blocked",
  ]);
});

it("blocks if the overview stays away, and counts what was spent", async () => {
  await using bench = await createBench();
  const run = bench.run(() => {
    bench.aside();
    return { event: { ...toPlanning.event, costUsd: 2 }, facts: { turns: 7 } };
  });
  expect(await run).toEqual({ exit: 4, calls: 1 });
  expect(bench.last()).toMatchObject({ event: "overview.unreadable", to: "blocked", turns: 7 });
  expect(bench.last()?.memory).toMatchObject({ costUsd: 2, hold: { kind: "blocked" } });
  expect(bench.last()?.message).toContain("found no file");
});

it("does not begin without the overview, nor after it is gone with its folder", async () => {
  await using bench = await createBench();
  bench.aside();
  await expect(bench.run(() => block)).rejects.toMatchObject({ code: "SAMOCODE_OVERVIEW_INVALID" });
  bench.back();
  const run = bench.run(() => {
    rmSync(bench.store.folder, { recursive: true });
    return block;
  });
  await expect(run).rejects.not.toMatchObject({ code: "SAMOCODE_OVERVIEW_INVALID" });
});

it.each([
  { type: "approve" },
  { type: "signal.contniue" },
  { type: "tests.passed" },
  { type: "stop" },
  { type: "edit", phase: "done" },
  {},
  null,
  undefined,
  "signal.continue",
])(
  "an agent that ends with %j is asked to repair it once, then the session is blocked",
  async (event) => {
    await using bench = await createBench();
    const run = bench.run(() => ({ event, facts: { turns: 1 } }));
    expect(await run).toEqual({ exit: 4, calls: 2 });
    expect(bench.records().map((record) => record.event)).toEqual([
      "run",
      "signal.invalid",
      "signal.invalid",
    ]);
  },
);

it("counts the cost of an event that cannot be taken, and keeps to the budget", async () => {
  await using bench = await createBench();
  await bench.run(() => ({ event: { type: "approve", costUsd: 2 } }));
  expect(bench.last()?.memory?.costUsd).toBe(4);
});

it("an agent that returns nothing at all is asked to repair it as well", async () => {
  await using bench = await createBench();
  expect(await bench.run(() => undefined)).toEqual({ exit: 4, calls: 2 });
});

it.each([{ type: "approve" }, { type: "signal.continue" }, { type: "tests.pased" }, undefined])(
  "tests that end with %j are run once, then the session is blocked",
  async (event) => {
    await using bench = await createBench();
    let runs = 0;
    const toQuality = { event: { type: "signal.continue", phase: "quality" } } as const;
    const runAgent: Hands["runAgent"] = async () => toQuality;
    const runTests = async () => {
      if (++runs > 20) throw new Error("called for ever");
      return { event } as unknown as TestsHappened;
    };
    await bench.run((call) => [toPlanning, askPlan][call - 1]);
    await decide(bench.store, { type: "approve" });
    await decide(bench.store, { type: "resume", phase: "testing" });
    const hands = { runAgent, runTests };
    expect((await bench.run(() => block, { hands, settings: { verifies: true } })).exit).toBe(4);
    expect(runs).toBe(1);
    expect(bench.last()).toMatchObject({ event: "signal.invalid", from: "verifying" });
  },
);

it("counts a back-off from when an agent has failed, also if the agent does not say when that was", async () => {
  await using bench = await createBench();
  const hourMs = 3_600_000;
  let time = Date.now();
  const run = bench.run(
    () => {
      time += hourMs;
      return { event: { type: "agent.failed", message: "x", canRetry: true } };
    },
    { now: () => time, settings: { retryDelayMs: 60_000 } },
  );
  await vi.waitUntil(() => bench.told.some(({ type }) => type === "timer.started"), 20_000);
  bench.cancel.abort();
  expect((await run).calls).toBe(1);
  expect(bench.told.find(({ type }) => type === "timer.started")).toMatchObject({
    until: time + 60_000,
  });
  expect(bench.records().find(({ to }) => to === "retrying")).toMatchObject({
    until: time + 60_000,
  });
});
