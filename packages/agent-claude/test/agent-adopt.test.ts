import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Step } from "@samocode/testkit";
import { describe, expect, test } from "vitest";
import {
  startAgentProcess,
  findAgent,
  sweepRun,
  isAlive,
  type ProcessIdentity,
} from "@samocode/process";
import { adoptAgent } from "@samocode/agent";
import { claudeDialect } from "../src/claude-dialect.ts";
import { createStandInBench, logged, type AgentBench } from "./agent-bench.ts";

const say: Step = { do: "say", text: "Hello." };

/** Starts an agent as a runner would that dies at once. */
async function start(bench: AgentBench): Promise<ProcessIdentity> {
  const started = await startAgentProcess(bench.options);
  if ("startError" in started || started.identity === undefined) throw new Error("not started");
  return started.identity;
}

describe("an adopted agent", () => {
  test("is followed from the start of its log to its end", async () => {
    await using bench = await createStandInBench(say, { do: "sleep", ms: 500 });
    const identity = await start(bench);
    await logged(bench, "Hello.");
    const texts: string[] = [];
    const end = await adoptAgent(claudeDialect, {
      ...bench.options,
      identity,
      onActivity: (event) => event.type === "text" && texts.push(event.text),
    });
    expect(end).toMatchObject({ outcome: { type: "finished" }, exitCode: null, exitSignal: null });
    expect(texts).toEqual(["Hello."]);
    expect(isAlive(identity)).toBe(false);
  });

  test("that has ended meanwhile is taken as it is", async () => {
    await using bench = await createStandInBench({ ...say, costUsd: 0.5 });
    const identity = await start(bench);
    while (isAlive(identity)) await sleep(20);
    // Long ago, by any limit.
    const limits = { deadlineAt: Date.now() - 60_000, idleMs: 1 };
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, ...limits, identity });
    expect(outcome).toMatchObject({ type: "finished", costUsd: 0.5 });
  });

  test("that was killed without a result may be tried again", async () => {
    await using bench = await createStandInBench(say, { do: "kill", signal: "SIGKILL" });
    const identity = await start(bench);
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, identity });
    expect(outcome).toMatchObject({ type: "failed", kind: "no-result", canRetry: true });
  });

  test("has the deadline that it had before", async () => {
    await using bench = await createStandInBench(say, { do: "hang" });
    const identity = await start(bench);
    await logged(bench, "Hello.");
    const deadlineAt = Date.now() - 1000;
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, identity, deadlineAt });
    expect(outcome.type).toBe("timedOut");
    expect(bench.running()).toEqual([]);
  });

  test("has been silent since its last line, not since it was adopted", async () => {
    await using bench = await createStandInBench(say, { do: "hang" });
    const identity = await start(bench);
    await logged(bench, "Hello.");
    await sleep(700);
    const startedAt = performance.now();
    const { outcome } = await adoptAgent(claudeDialect, {
      ...bench.options,
      identity,
      idleMs: 800,
    });
    expect(outcome.type).toBe("stalled");
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(bench.running()).toEqual([]);
  });

  test("that stayed after its result is finished, be it late", async () => {
    await using bench = await createStandInBench(say, { do: "result" }, { do: "hang" });
    const identity = await start(bench);
    await logged(bench, '"result"');
    const deadlineAt = Date.now() - 1000;
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, identity, deadlineAt });
    expect(outcome.type).toBe("finished");
  });

  test("is not a process that only has the same id", async () => {
    await using bench = await createStandInBench(say, { do: "hang" });
    const identity = await start(bench);
    await logged(bench, "Hello.");
    const other = { ...identity, startTime: "1" };
    const runId = "another";
    const { outcome } = await adoptAgent(claudeDialect, {
      ...bench.options,
      runId,
      identity: other,
    });
    expect(outcome).toMatchObject({ type: "failed", kind: "no-result" });
    expect(isAlive(identity)).toBe(true);
    process.kill(identity.pid, "SIGKILL");
  });

  test("is found by its run id and its log when nobody wrote down its pid", async () => {
    await using bench = await createStandInBench(
      { do: "bash", command: "sleep 60 & sleep 0.1" },
      { do: "leave", ms: 60_000 },
      say,
      { do: "hang" },
    );
    const { runId, logFile } = bench.options;
    expect(findAgent(runId, logFile)).toBeUndefined();
    const identity = await start(bench);
    await logged(bench, "Hello.");
    expect(bench.running().length).toBeGreaterThan(2);
    expect(findAgent(runId, logFile)).toEqual(identity);
    process.kill(identity.pid, "SIGKILL");
    while (isAlive(identity)) await sleep(10);
    // What it left running is no agent.
    expect(findAgent(runId, logFile)).toBeUndefined();
    expect((await sweepRun(runId)).left).toEqual([]);
  });

  test("without its log is stopped, for nobody can follow it, and its signal decides", async () => {
    await using bench = await createStandInBench(say, { do: "hang" });
    const identity = await start(bench);
    await logged(bench, "Hello.");
    const logFile = join(bench.folder, "away", "log.jsonl");
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, logFile, identity });
    expect(outcome).toMatchObject({ type: "finished", withoutSignal: { kind: "no-result" } });
    expect(bench.running()).toEqual([]);
    expect(await readFile(logFile, "utf8")).toBe("");
  });

  test("whose log and stderr were removed when it had ended is judged by its signal", async () => {
    await using bench = await createStandInBench(say, { do: "result" });
    const identity = await start(bench);
    while (isAlive(identity)) await sleep(10);
    const { logFile, stderrFile } = bench.options;
    for (const file of [logFile, stderrFile]) await rm(file);
    const { outcome } = await adoptAgent(claudeDialect, { ...bench.options, identity });
    expect(outcome).toMatchObject({ type: "finished", withoutSignal: { canRetry: true } });
    const unknown = await adoptAgent(claudeDialect, { ...bench.options, logFile: `${logFile}.2` });
    expect(unknown.outcome).toMatchObject({ type: "finished", withoutSignal: { canRetry: true } });
  });
});
