import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent } from "@samocode/core";
import { openStore } from "@samocode/core/store";
import { expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { enterSession } from "../src/session-driver.ts";
import { createSessionBench } from "./support/session-bench.ts";

const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };
const options = { settings: { maxRetries: 3 }, timeoutMs: 1000 };

async function createChartedBench() {
  const bench = await createSessionBench();
  const store = openStore(bench.store.folder, { overviewChart: true });
  const marked = () => /^ {2}class (\w+) current$/m.exec(bench.overview())?.[1];
  return { ...bench, store, marked, run: await enterSession(store, options) };
}

it("finishes the chart that a crash left undone", async () => {
  await using bench = await createChartedBench();
  await bench.run.apply(toPlanning);
  const before = bench.overview();
  expect(bench.marked()).toBe("planning");
  await bench.run.apply(toGate);
  const path = join(bench.store.folder, "_overview.md");
  writeFileSync(`${path}.${bench.last()?.seq}.draft`, bench.overview());
  writeFileSync(path, before);
  await enterSession(bench.store, options);
  expect(bench.marked()).toBe("approval");
});

it("follows a move that changes no line of the status", async () => {
  await using bench = await createChartedBench();
  await bench.run.apply({ type: "agent.failed", message: "no", canRetry: true });
  expect(bench.marked()).toBe("retrying");
  expect(bench.last()?.replaces).toMatchObject({ phase: "investigation" });
});

it("is kept by whoever decides, and by nobody who is not told to", async () => {
  await using bench = await createChartedBench();
  await bench.run.apply(toPlanning);
  await bench.run.apply(toGate);
  await decide(bench.store, { type: "reject", feedback: "smaller" });
  expect(bench.marked()).toBe("paused");
  await enterSession(openStore(bench.store.folder), options);
  expect(bench.marked()).toBe("paused");
  expect(bench.overview()).toContain("Phase: planning");
});
