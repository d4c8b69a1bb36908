import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent } from "@samocode/core";
import { describe, expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { enterSession } from "../src/session-driver.ts";
import { readReport } from "../src/session-report.ts";
import { createSessionBench } from "./support/session-bench.ts";

const toPlanning: SessionEvent = { type: "signal.continue", phase: "planning" };
const toGate: SessionEvent = { type: "signal.waiting", for: "plan_approval" };
const toAction: SessionEvent = { type: "signal.waiting", for: "human_action" };
const stalled: SessionEvent = { type: "agent.stalled", message: "900 s" };

type Bench = Awaited<ReturnType<typeof createSessionBench>>;
const enter = ({ store }: Bench, maxIterations?: number) =>
  enterSession(store, { settings: { maxIterations }, timeoutMs: 1000 });
const save = ({ store }: Bench, text: string) =>
  writeFileSync(join(store.folder, "_overview.md"), text);
const withNote = (text: string) =>
  text.replace("## Flow Log", "## My notes\nlooks good\n\n## Flow Log");
const events = (bench: Bench) => bench.records().map(({ event }) => event);
const counted = (bench: Bench) => bench.records().map((_, index) => index + 1);

/** A session that waits in implementation, and what its overview said at the gate. */
async function passGate(bench: Bench): Promise<string> {
  await bench.run.apply(toPlanning);
  await bench.run.apply(toGate);
  const older = bench.overview();
  await decide(bench.store, { type: "approve", by: "ada" });
  await bench.run.refresh();
  await bench.run.apply(toAction);
  expect(bench.run.state()).toBe("waiting.action");
  return older;
}

describe("an old copy of the overview that somebody saves", () => {
  it.each(["a run that waits", "the next run", "a command"])(
    "keeps the note and moves nothing: %s",
    async (who) => {
      await using bench = await createSessionBench();
      const older = await passGate(bench);
      const right = bench.overview();
      save(bench, withNote(older));
      if (who === "a run that waits") expect(await bench.run.refresh()).toBe(false);
      if (who === "the next run") expect((await enter(bench)).state()).toBe("waiting.action");
      if (who === "a command") {
        expect(await decide(bench.store, { type: "approve" })).toMatchObject({ taken: false });
      }
      expect(bench.overview()).toBe(withNote(right));
      expect(bench.last()).toMatchObject({
        event: "edit.stale",
        from: "waiting.action",
        to: "waiting.action",
        iteration: 3,
        phase: "implementation",
        putBack: [
          "phase: planning -> implementation",
          "iteration: 2 -> 3",
          "waitingFor: plan_approval -> human_action",
        ],
        memory: { phase: "implementation", approval: { by: "ada" } },
      });
      expect(bench.records().map(({ seq }) => seq)).toEqual(counted(bench));
      expect(await bench.run.refresh()).toBe(false);
      expect(bench.run.state()).toBe("waiting.action");
      expect(await decide(bench.store, { type: "resume" })).toMatchObject({ taken: true });
      expect(bench.records().map(({ seq }) => seq)).toEqual(counted(bench));
    },
  );

  it("is nothing for a report, which changes no file", async () => {
    await using bench = await createSessionBench();
    save(bench, await passGate(bench));
    const found = bench.overview();
    expect(readReport(bench.store, "t")).toMatchObject({
      state: "waiting.action",
      phase: "implementation",
    });
    expect(bench.overview()).toBe(found);
  });

  it("withdraws no approval that was given since, in the same iteration", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply(toPlanning);
    await bench.run.apply(toGate);
    const older = bench.overview();
    await decide(bench.store, { type: "approve", by: "ada" });
    save(bench, withNote(older));
    expect(readReport(bench.store, "t")).toMatchObject({ phase: "implementation" });
    expect((await enter(bench)).state()).toBe("working.implementation");
    expect(events(bench).slice(-3)).toEqual(["approve", "edit.stale", "run"]);
    expect(bench.overview()).toContain("looks good");
  });

  it("neither shortens nor ends the time before the next try", async () => {
    await using bench = await createSessionBench();
    const older = bench.overview().replace("Iteration: 1", "Iteration: 0");
    await bench.run.apply(stalled);
    const effect = bench.run.effect();
    save(bench, withNote(older.replace("Phase: investigation", "Phase: planning")));
    expect(await bench.run.refresh()).toBe(false);
    expect(bench.run.state()).toBe("retrying");
    expect(bench.run.effect()).toEqual(effect);
    expect(bench.last()).toMatchObject({ event: "edit.stale", to: "retrying" });
    expect(bench.last()?.until).toBe(bench.records().at(-2)?.until);
    if (effect.type === "timer") await bench.run.apply(effect.event);
    expect(bench.run.state()).toBe("working.investigation");
    expect(bench.records().map(({ seq }) => seq)).toEqual(counted(bench));
  });

  it("is passed over by a run beside which a command has reverted it", async () => {
    await using bench = await createSessionBench();
    const older = bench.overview().replace("Iteration: 1", "Iteration: 0");
    await bench.run.apply(stalled);
    save(bench, older.replace("Phase: investigation", "Phase: planning"));
    await decide(bench.store, { type: "approve" });
    expect(events(bench).at(-1)).toBe("edit.stale");
    expect(await bench.run.refresh()).toBe(false);
    expect(bench.run.state()).toBe("retrying");
    await decide(bench.store, { type: "resume" });
    expect(await bench.run.refresh()).toBe(true);
    expect(bench.records().map(({ seq }) => seq)).toEqual(counted(bench));
  });

  it.each([
    ["blocked", { type: "signal.blocked", reason: "no access", needs: "clarification" } as const],
    ["failed", { type: "agent.stalled", message: "900 s" } as const],
  ])("leaves a session %s, with the reason", async (state, event) => {
    await using bench = await createSessionBench({ maxRetries: 0 });
    await bench.run.apply(toPlanning);
    const older = bench.overview().replace("Iteration: 2", "Iteration: 1");
    await bench.run.apply(event);
    const reason = readReport(bench.store, "t").reason;
    save(bench, older);
    await decide(bench.store, { type: "approve" });
    expect(bench.last()).toMatchObject({ event: "edit.stale", to: state });
    expect(readReport(bench.store, "t")).toMatchObject({ state, reason });
  });

  it("reopens no session that is finished, and forgets nothing of its summary", async () => {
    await using bench = await createSessionBench();
    const older = await passGate(bench);
    await decide(bench.store, { type: "resume", phase: "done" });
    await bench.run.refresh();
    await bench.run.apply({ type: "signal.done", summary: "14 tests" });
    save(bench, withNote(older));
    expect((await enter(bench)).state()).toBe("finished");
    expect(bench.overview()).toContain("Phase: done");
    expect(bench.overview()).toContain("looks good");
    expect(readReport(bench.store, "t")).toMatchObject({ state: "finished", summary: "14 tests" });
  });

  it("is reverted again after a crash between its record and the file", async () => {
    await using bench = await createSessionBench();
    const older = withNote(await passGate(bench));
    save(bench, older);
    await bench.run.refresh();
    const right = bench.overview();
    const path = join(bench.store.folder, "_overview.md");
    writeFileSync(`${path}.${bench.last()?.seq}.draft`, right);
    writeFileSync(path, older);
    expect((await enter(bench)).state()).toBe("waiting.action");
    expect(bench.overview()).toBe(right);
    expect(readdirSync(bench.store.folder).filter((name) => name.endsWith(".draft"))).toEqual([]);
    expect(events(bench).filter((event) => event === "edit.stale")).toHaveLength(1);
  });

  it("is none if a person lifts the wait, or writes of one", async () => {
    await using bench = await createSessionBench();
    await passGate(bench);
    bench.edit("Blocked: waiting_human", "Blocked: no");
    expect(await bench.run.refresh()).toBe(true);
    expect(bench.last()).toMatchObject({ event: "edit", to: "working.implementation" });
  });
});
