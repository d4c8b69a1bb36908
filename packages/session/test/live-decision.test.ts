import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonEvent, SessionEvent } from "@samocode/core";
import { describe, expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { createSessionBench } from "./support/session-bench.ts";

const stalled: SessionEvent = { type: "agent.stalled", message: "900 s" };
const limited: SessionEvent = { type: "agent.limited", message: "5 h", until: Date.now() + 9e9 };
const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toTesting: SessionEvent = { type: "signal.continue", phase: "testing" };
const toQuality: SessionEvent = { type: "signal.continue", phase: "quality" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };
const stop: PersonEvent = { type: "stop" };

type Bench = Awaited<ReturnType<typeof createSessionBench>>;
const seqs = ({ records }: Bench) => records().map(({ seq }) => seq);
const events = ({ records }: Bench) => records().map(({ event }) => event);
const counted = (bench: Bench) => bench.records().map((_, index) => index + 1);

describe("while an agent works", () => {
  it("a stop is taken in with the end of its iteration, and disturbs nothing before", async () => {
    await using bench = await createSessionBench();
    const { run } = bench;
    const before = bench.last();
    expect(await decide(bench.store, stop)).toEqual({
      taken: true,
      from: "working.investigation",
      to: "working.investigation",
      phase: "investigation",
      running: true,
    });
    expect(bench.last()).toMatchObject({ event: "stop", seq: 2, plan: before?.["plan"] });
    expect(bench.last()?.memory).toEqual(before?.memory);
    expect(run.effect()).toMatchObject({ type: "agent", plan: before?.["plan"] });

    expect(await run.apply(toPlanning)).toBe("taken");
    expect(run.state()).toBe("paused");
    expect(run.isStopRequested()).toBe(true);
    expect(bench.last()).toMatchObject({ event: "signal.continue", seq: 3, to: "paused" });
    expect(run.snapshot().context).toMatchObject({ phase: "planning", iteration: 1 });
  });

  it("a stop lets no retry begin", async () => {
    await using bench = await createSessionBench();
    await decide(bench.store, stop);
    await bench.run.apply(stalled);
    expect(bench.run.state()).toBe("paused");
    expect(seqs(bench)).toEqual(counted(bench));
  });

  it("a stop leaves what the agent has written into the overview for the end of its iteration", async () => {
    await using bench = await createSessionBench();
    bench.edit("Phase: investigation", "Phase: done");
    await decide(bench.store, stop);
    expect(bench.overview()).toContain("Phase: done");
    bench.edit("Phase: done", "Phase");
    expect(await decide(bench.store, stop)).toMatchObject({ taken: true });
  });

  it.each<PersonEvent>([
    { type: "resume" },
    { type: "approve" },
    { type: "reject", feedback: "no" },
    { type: "answer", open: 0 },
  ])("a decision that means nothing then changes nothing: $type", async (event) => {
    await using bench = await createSessionBench();
    const size = bench.store.historySize();
    expect(await decide(bench.store, event)).toMatchObject({
      taken: false,
      from: "working.investigation",
      to: "working.investigation",
    });
    expect(bench.store.historySize()).toBe(size);
  });
});

it("a stop while the tests run is taken in with their end", async () => {
  await using bench = await createSessionBench({ verifies: true, autoApprove: true });
  const { run } = bench;
  for (const event of [toPlanning, toGate, toTesting, toQuality]) await run.apply(event);
  expect(run.state()).toBe("verifying");
  expect(await decide(bench.store, stop)).toMatchObject({ taken: true, to: "verifying" });
  await run.apply({ type: "tests.passed" });
  expect(run.state()).toBe("paused");
  expect(run.snapshot().context.phase).toBe("quality");
  expect(seqs(bench)).toEqual(counted(bench));
});

describe.each([
  ["retrying", stalled],
  ["limited", limited],
])("while the session is %s", (state, trouble) => {
  it("a resume lets the run go on at once, with the iterations that it has left", async () => {
    await using bench = await createSessionBench({ maxIterations: 3 });
    const { run } = bench;
    await run.apply(trouble);
    expect(await run.refresh()).toBe(false);
    expect(await decide(bench.store, { type: "resume", note: "now" })).toMatchObject({
      taken: true,
      from: state,
      to: "paused",
      running: true,
    });
    expect(await run.refresh()).toBe(true);
    expect(events(bench).slice(-2)).toEqual(["resume", "run"]);
    expect(run.effect()).toMatchObject({ type: "agent", plan: { iteration: 2 } });
    expect(run.snapshot().context.limitedUntil).toBeUndefined();
    await run.apply(toPlanning);
    await run.apply(toPlanning);
    // The attempt that came to nothing is none of the three.
    expect(run.state()).toBe("working.planning");
    await run.apply(toPlanning);
    expect(run.state()).toBe("paused");
    expect(run.snapshot().context.iteration).toBe(4);
    expect(seqs(bench)).toEqual(counted(bench));
  });

  it("a decision overtakes the timer that ends in the same moment", async () => {
    await using bench = await createSessionBench();
    const { run } = bench;
    await run.apply(trouble);
    const effect = run.effect();
    if (effect.type !== "timer") throw new Error("no timer");
    await decide(bench.store, { type: "resume" });
    expect(await run.apply(effect.event)).toBe("overtaken");
    expect(run.state()).toBe("working.investigation");
    expect(run.snapshot().context.iteration).toBe(2);
    expect(seqs(bench)).toEqual(counted(bench));
  });

  it("a stop ends the run, and the next one goes on", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply(trouble);
    expect(await decide(bench.store, stop)).toMatchObject({ from: state, to: "paused" });
    await bench.run.refresh();
    expect([bench.run.state(), bench.run.isStopRequested()]).toEqual(["paused", true]);
    expect(bench.run.effect()).toEqual({ type: "rest" });
    expect(seqs(bench)).toEqual(counted(bench));
  });

  it("an edit of the overview is a decision, for the run itself and before any command", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply(trouble);
    bench.edit("Phase: investigation", "Phase: planning");
    expect(await bench.run.refresh()).toBe(true);
    expect(events(bench).at(-1)).toBe("edit");
    expect(bench.run.state()).toBe("working.planning");

    await bench.run.apply(trouble);
    bench.edit("Phase: planning", "Phase: investigation");
    expect(await decide(bench.store, { type: "resume" })).toMatchObject({ from: "paused" });
    await bench.run.refresh();
    expect(bench.run.state()).toBe("working.investigation");
    expect(bench.records().filter(({ event }) => event === "edit")).toHaveLength(2);
    expect(seqs(bench)).toEqual(counted(bench));
  });

  it("another line of the overview is no decision, nor is a command that means nothing", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply(trouble);
    const { failures } = bench.run.snapshot().context;
    bench.edit("Blocked: no", "Blocked: no\nLast Action: looked at it");
    expect(await decide(bench.store, { type: "approve" })).toMatchObject({
      taken: false,
      from: state,
    });
    expect(await bench.run.refresh()).toBe(false);
    expect(bench.run.state()).toBe(state);
    expect(bench.run.snapshot().context.failures).toBe(failures);
  });
});

describe("while the session waits for a person", () => {
  it("a stop ends the run, and the session waits on", async () => {
    await using bench = await createSessionBench();
    const { run } = bench;
    await run.apply(toPlanning);
    await run.apply(toGate);
    expect(await decide(bench.store, stop)).toMatchObject({ taken: true, to: "waiting.approval" });
    await run.refresh();
    expect([run.state(), run.isStopRequested()]).toEqual(["waiting.approval", true]);
    // The gate is as it was.
    expect(await decide(bench.store, { type: "approve" })).toMatchObject({ taken: true });
  });

  it("an approval that a stop follows is kept for the next run", async () => {
    await using bench = await createSessionBench();
    const { run } = bench;
    await run.apply(toPlanning);
    await run.apply(toGate);
    await decide(bench.store, { type: "approve" });
    expect(await decide(bench.store, stop)).toMatchObject({ taken: true, to: "paused" });
    await run.refresh();
    expect([run.state(), run.isStopRequested()]).toEqual(["paused", true]);
    expect(run.snapshot().context.approval).toBeDefined();
  });

  it("the first of two who decide at once counts, and the other one is told the state that he found", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply(toPlanning);
    await bench.run.apply(toGate);
    const results = await Promise.all([
      decide(bench.store, { type: "approve", by: "ada" }),
      decide(bench.store, { type: "reject", feedback: "too large", by: "bob" }),
    ]);
    const late = results.filter(({ taken }) => !taken);
    expect(late).toMatchObject([{ from: "paused", to: "paused" }]);
    expect(seqs(bench)).toEqual(counted(bench));
    const [winner] = results[0].taken ? ["ada"] : ["bob"];
    expect(bench.last()?.by).toBe(winner);
  });
});

it("a stop means nothing if no run is on", async () => {
  await using bench = await createSessionBench();
  await bench.run.apply(stalled);
  bench.release();
  expect(await decide(bench.store, stop)).toMatchObject({ taken: false, running: false });
  expect(bench.last()?.event).toBe("agent.stalled");
});

it("takes half a record, which a command that was killed has left, for no decision", async () => {
  await using bench = await createSessionBench();
  const { run, store } = bench;
  await run.apply(stalled);
  appendFileSync(join(store.folder, "_signal_history.jsonl"), '{"seq":3,"event":"resu');
  expect(await run.refresh()).toBe(false);
  expect(run.state()).toBe("retrying");
  await decide(store, { type: "resume" });
  expect(await run.refresh()).toBe(true);
  expect(run.state()).toBe("working.investigation");
  expect(seqs(bench)).toEqual(counted(bench));
});

it("keeps the session as it was where the overview cannot be read, and takes the decision in later", async () => {
  await using bench = await createSessionBench();
  const { run } = bench;
  await run.apply(stalled);
  await decide(bench.store, { type: "resume" });
  bench.edit("Phase: investigation", "Phase: investigatio");
  await expect(run.refresh()).rejects.toThrow("investigatio");
  expect(await run.refresh()).toBe(false);
  expect(run.state()).toBe("retrying");
  bench.edit("Phase: investigatio\n", "Phase: investigation\n");
  expect(await run.refresh()).toBe(true);
  expect(run.state()).toBe("working.investigation");
});
