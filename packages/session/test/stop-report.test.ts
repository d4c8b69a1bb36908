import type { SessionEvent } from "@samocode/core";
import { expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { acquireRunLock } from "../src/session-lock.ts";
import { readReport } from "../src/session-report.ts";
import { formatReport } from "../src/report-text.ts";
import { createSessionBench } from "./support/session-bench.ts";

const { poll } = expect;

const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };
const invalid: SessionEvent = { type: "signal.invalid", problem: "no JSON" };
const steps: readonly SessionEvent[] = [
  toPlanning,
  toGate,
  { type: "signal.continue", phase: "testing" },
];

async function createBench() {
  const bench = await createSessionBench({ verifies: true, autoApprove: true });
  return {
    ...bench,
    stopRequested: () => readReport(bench.store, "t").stopRequested,
    text: () => formatReport(readReport(bench.store, "t")),
    [Symbol.asyncDispose]: async () => bench[Symbol.asyncDispose](),
  };
}

it("tells until its agent has ended that a run was asked to stop, also while the signal is repaired", async () => {
  await using bench = await createBench();
  expect(bench.stopRequested()).toBeUndefined();
  await decide(bench.store, { type: "stop" });
  expect(bench.stopRequested()).toBe(true);
  expect(bench.text()).toMatch(/^t: an agent is working .*; stops after this iteration\n/);
  await bench.run.apply(invalid);
  expect(bench.run.state()).toBe("working.investigation");
  expect(bench.stopRequested()).toBe(true);
  await bench.run.apply(toPlanning);
  expect(bench.run.state()).toBe("paused");
  expect(bench.stopRequested()).toBeUndefined();
});

it("tells it while the tests run that verify what the agent has done", async () => {
  await using bench = await createBench();
  for (const event of steps) await bench.run.apply(event);
  await decide(bench.store, { type: "stop" });
  await bench.run.apply({ type: "signal.continue", phase: "quality" });
  expect(bench.run.state()).toBe("verifying");
  expect(bench.stopRequested()).toBe(true);
  expect(bench.text()).toMatch(/^t: the tests run; stops after this iteration\n/);
  await bench.run.apply({ type: "tests.passed" });
  expect(bench.stopRequested()).toBeUndefined();
});

it("tells it of no run that has died, nor of the next one, which was not asked", async () => {
  await using bench = await createBench();
  await decide(bench.store, { type: "stop" });
  bench.release();
  expect(bench.stopRequested()).toBeUndefined();
  const stoppedAt = Date.parse(bench.last()?.timestamp ?? "");
  await poll(() => Date.now()).toBeGreaterThan(stoppedAt);
  const lock = acquireRunLock(bench.store.folder);
  expect(readReport(bench.store, "t").run).toBeDefined();
  expect(bench.stopRequested()).toBeUndefined();
  lock.release();
});
