import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent } from "@samocode/core";
import { expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { enterSession } from "../src/session-driver.ts";
import { createSessionBench } from "./support/session-bench.ts";

const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };

type Bench = Awaited<ReturnType<typeof createSessionBench>>;

/** Applies events, and leaves the folder as a crash does between the last record and the overview. */
async function crashAfter(bench: Bench, ...events: readonly SessionEvent[]): Promise<void> {
  let before = "";
  for (const event of events) {
    before = bench.overview();
    await bench.run.apply(event);
  }
  const path = join(bench.store.folder, "_overview.md");
  writeFileSync(`${path}.${bench.last()?.seq}.draft`, bench.overview());
  writeFileSync(path, before);
}

const enter = ({ store }: Bench) => enterSession(store, { settings: {}, timeoutMs: 1000 });
const drafts = ({ store }: Bench) =>
  readdirSync(store.folder).filter((name) => name.endsWith(".draft"));

it("finishes the edit that a crash left undone, and keeps what a person has written beside it", async () => {
  await using bench = await createSessionBench();
  await crashAfter(bench, toPlanning, toGate);
  bench.edit("## Flow Log", "A person's line.\n\n## Flow Log");
  const session = await enter(bench);
  expect(session.state()).toBe("waiting.approval");
  expect(bench.overview()).toContain("Waiting For: plan_approval");
  expect(bench.overview()).toContain("A person's line.");
  expect(bench.last()?.event).toBe("signal.waiting");
  expect(drafts(bench)).toEqual([]);
});

it.each(["a run", "a command"])(
  "takes as a decision what a person has written over an edit that a crash left undone: %s",
  async (who) => {
    await using bench = await createSessionBench();
    await crashAfter(bench, toPlanning, toGate);
    bench.edit("Phase: planning", "Phase: implementation");
    if (who === "a command") await decide(bench.store, { type: "reject", feedback: "no" });
    const session = await enter(bench);
    expect(session.state()).toBe(who === "a run" ? "waiting.approval" : "working.planning");
    expect(bench.overview()).toContain("Phase: planning");
    expect(bench.records().find(({ event }) => event === "edit")).toMatchObject({
      from: "waiting.approval",
      to: "waiting.approval",
      target: "implementation",
      message: expect.stringContaining("does not open the plan gate"),
    });
    expect(drafts(bench)).toEqual([]);
  },
);

it("takes a person's edit for one also if an iteration was on record whose agent was never started", async () => {
  await using bench = await createSessionBench();
  await crashAfter(bench, toPlanning);
  bench.edit("Blocked: no", "Blocked: yes");
  const session = await enter(bench);
  expect(session.state()).toBe("blocked");
  expect(bench.last()).toMatchObject({ event: "edit", from: "working.planning" });
  expect(drafts(bench)).toEqual([]);
});

it("takes what an agent has written over an edit that a crash left undone for no decision", async () => {
  await using bench = await createSessionBench();
  await bench.run.apply(toPlanning);
  bench.edit("Phase: planning", "Phase: done");
  await crashAfter(bench, toGate);
  expect(bench.overview()).toContain("Phase: done");
  const session = await enter(bench);
  expect(session.state()).toBe("waiting.approval");
  expect(bench.overview()).toContain("Phase: planning");
  expect(bench.records().map(({ event }) => event)).not.toContain("edit");
});

it("takes a person's edit before an event that comes in the same moment", async () => {
  await using bench = await createSessionBench();
  await bench.run.apply({ type: "agent.stalled", message: "900 s" });
  const effect = bench.run.effect();
  if (effect.type !== "timer") throw new Error("no timer");
  bench.edit("Phase: investigation", "Phase: planning");
  expect(await bench.run.apply(effect.event)).toBe("overtaken");
  expect(bench.run.state()).toBe("working.planning");
});
