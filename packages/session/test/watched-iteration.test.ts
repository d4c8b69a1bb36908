import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "@samocode/core";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planIteration, type IterationPlan, writeAgentIdentity } from "@samocode/session";
import { identifyChild } from "@samocode/process";
import { planOf, watchIteration } from "../src/watched-iteration.ts";
import { activityLog, formatText as say } from "./support/activity-log.ts";
import { createMemory } from "./support/memory.ts";

const plan = planIteration({ phase: "planning", iteration: 7, attempt: "fresh" }, 0, 5000);

describe("planOf", () => {
  it("takes the plan of the record since which an agent works", () => {
    expect(planOf({ to: "working.planning", plan })).toEqual(plan);
    expect(planOf({ to: "paused", plan })).toBeUndefined();
    expect(planOf({ plan })).toBeUndefined();
    expect(planOf({ to: "working.planning" })).toBeUndefined();
    expect(planOf({ to: "working.planning", plan: { ...plan, runId: 1 } })).toBeUndefined();
  });

  it.each(["log", "prompt", "agent"])("takes no plan whose %s leads out of the logs", (key) => {
    for (const path of [
      "../x",
      "_logs/../../x",
      "_logs/",
      "/etc/passwd",
      "x/_logs/y",
      "_logsx/y",
    ]) {
      expect(planOf({ to: "working.planning", plan: { ...plan, [key]: path } })).toBeUndefined();
    }
  });
});

describe("watchIteration", () => {
  let temp: TempFolder;
  let told: RunEvent[];
  beforeEach(async () => {
    temp = await createTempFolder();
    mkdirSync(join(temp.path, "_logs"));
    told = [];
  });
  afterEach(() => temp.dispose());

  const memory = createMemory({
    phase: "planning",
    counts: { ...createMemory().counts, planning: 2 },
  });
  const watch = (of: IterationPlan = plan, record: Parameters<typeof planOf>[0] = { memory }) =>
    watchIteration(temp.path, of, record, "/w/login", activityLog, (event) => told.push(event));
  const write = (name: string, text: string): void => writeFileSync(join(temp.path, name), text);
  const begin = (): void => {
    write(plan.prompt, "Go.\n");
    utimesSync(join(temp.path, plan.prompt), 1000, 1000.25);
  };
  const said = (): readonly string[] =>
    told.flatMap((event) =>
      event.type === "agent" && event.event.type === "text" ? [event.event.text] : [],
    );

  it("tells nothing before the prompt is written, and then that the agent has begun, once", async () => {
    const watched = watch();
    await watched.read();
    expect(told).toEqual([]);
    begin();
    await watched.read();
    await watched.read();
    expect(told).toEqual([
      {
        type: "iteration.started",
        iteration: 7,
        phase: "planning",
        phaseIteration: 2,
        maxPhaseIterations: expect.any(Number),
        attempt: "fresh",
        log: plan.log,
        workingDir: "/w/login",
        startedAt: 1_000_250,
        deadlineAt: 1_005_250,
      },
    ]);
    watched.close();
  });

  it("tells what the agent says as it grows, and the last line without an end when it is over", async () => {
    begin();
    const watched = watch({ ...plan, resumes: true });
    write(plan.log, `${say("one")}\n`);
    await watched.read();
    expect(told[0]).toMatchObject({ type: "iteration.started", attempt: "mend" });
    expect(said()).toEqual(["one"]);
    write(plan.log, `${say("one")}\n${say("two")}\n${say("three")}`);
    await watched.read();
    expect(said()).toEqual(["one", "two"]);
    watched.finish();
    expect(said()).toEqual(["one", "two", "three"]);
    expect(told.filter(({ type }) => type === "iteration.started")).toHaveLength(1);
    watched.close();
  });

  it("follows no link, and tells nothing of a record that remembers nothing", async () => {
    begin();
    write("elsewhere", `${say("secret")}\n`);
    symlinkSync(join(temp.path, "elsewhere"), join(temp.path, plan.log));
    const linked = watch();
    await linked.read();
    linked.finish();
    expect(said()).toEqual([]);
    linked.close();
    told = [];
    const forgetful = watch(plan, {});
    await forgetful.read();
    expect(told).toEqual([]);
    forgetful.close();
  });

  it("knows whether the agent works, as far as that is written down", () => {
    const watched = watch();
    expect(watched.isAlive()).toBe(false);
    const own = identifyChild(process.pid);
    writeAgentIdentity(temp.path, plan, own);
    expect(watched.isAlive()).toBe(true);
    writeAgentIdentity(temp.path, plan, { ...own, startTime: "1" });
    expect(watched.isAlive()).toBe(false);
    watched.close();
  });
});
