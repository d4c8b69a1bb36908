import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent, SessionSettings } from "@samocode/core";
import { describe, expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { describeLastDecision } from "../src/last-decision.ts";
import { eventsOfRecord } from "../src/record-event.ts";
import { enterSession } from "../src/session-driver.ts";
import { createSessionBench } from "./support/session-bench.ts";

const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };

/** A session with a plan, and the hash of it. */
async function createPlanned(settings: Partial<SessionSettings> = {}) {
  const bench = await createSessionBench(settings);
  const plan = (text: string): string => {
    writeFileSync(join(bench.store.folder, "01-15-14:50-plan-jwt.md"), text);
    return bench.store.readPlan()?.hash ?? "";
  };
  const planHash = plan("# Plan\n");
  await bench.run.apply(toPlanning);
  return {
    ...bench,
    plan,
    planHash,
    /** The next run. */
    enter: async (more: Partial<SessionSettings> = {}) =>
      enterSession(bench.store, { settings: more, timeoutMs: 1000 }),
    told: () => eventsOfRecord(bench.last() ?? {}).find(({ type }) => type === "session.moved"),
    [Symbol.asyncDispose]: async () => bench[Symbol.asyncDispose](),
  };
}

describe("an approval by --auto-approve is recorded with the plan that it is bound to", () => {
  const approved = { to: "working.implementation", by: "--auto-approve" };

  it("where an agent asks for it", async () => {
    await using bench = await createPlanned({ autoApprove: true });
    const { planHash, run } = bench;
    await run.apply({ ...toGate, planHash });
    expect(bench.last()).toMatchObject({ event: "signal.waiting", ...approved, planHash });
    expect(bench.told()).toMatchObject(approved);
    await run.apply({ type: "signal.continue" });
    expect(bench.last()?.by).toBeUndefined();
  });

  it("where a run finds the session at the gate", async () => {
    await using bench = await createPlanned();
    await bench.run.apply(toGate);
    await bench.enter({ autoApprove: true });
    expect(bench.last()).toMatchObject({ event: "run", ...approved, planHash: bench.planHash });
    expect(bench.told()).toMatchObject(approved);
  });

  it("where a person has led the session to the gate by an edit, which stays the person's", async () => {
    await using bench = await createPlanned({ maxIterations: 2 });
    await bench.run.apply({ type: "agent.interrupted", message: "^C" });
    bench.edit("Blocked: no", "Blocked: waiting_human\nWaiting For: plan_approval");
    await bench.enter({ autoApprove: true });
    const { planHash } = bench;
    const message = "the plan was approved by --auto-approve";
    expect(bench.last()).toMatchObject({ event: "edit", to: approved.to, planHash, message });
    expect(describeLastDecision(bench.store)).toMatch(/^a person decided in the overview/);
  });
});

describe("an approval that lapses is recorded with the reason", () => {
  it("by the run that finds it, once", async () => {
    await using bench = await createPlanned();
    await bench.run.apply(toGate);
    await decide(bench.store, { type: "approve", by: "ada" });
    bench.plan("# Another plan\n");
    await bench.enter();
    const message = "the plan was changed after ada approved it";
    expect(bench.last()).toMatchObject({ event: "run", to: "waiting.approval", message });
    expect(bench.told()).toMatchObject({ message });
    const history = (): string =>
      readFileSync(join(bench.store.folder, "_signal_history.jsonl"), "utf8");
    const before = history();
    await bench.enter();
    expect(history()).toBe(before);
    await bench.enter({ patience: { plan_approval: { remedy: "block", afterMs: 9000 } } });
    expect(bench.last()).toMatchObject({ event: "run", to: "waiting.approval" });
    expect(bench.last()?.message).toBeUndefined();
  });

  it("by a person's decision that finds it", async () => {
    await using bench = await createPlanned();
    await bench.run.apply(toGate);
    await decide(bench.store, { type: "approve", by: "ada" });
    bench.plan("# Another plan\n");
    await decide(bench.store, { type: "stop" });
    expect(bench.last()).toMatchObject({
      event: "stop",
      to: "waiting.approval",
      message: "the plan was changed after ada approved it",
    });
  });
});
