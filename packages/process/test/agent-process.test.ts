import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startAgentProcess, stopAgentProcess, type AgentProcess } from "../src/agent-process.ts";
import { isAlive, type ProcessIdentity } from "../src/process-identity.ts";
import { createScriptBench, logged, type ScriptBench } from "./script-bench.ts";

async function start(bench: ScriptBench): Promise<AgentProcess & { identity: ProcessIdentity }> {
  const started = await startAgentProcess(bench.options);
  if ("startError" in started || started.identity === undefined) throw new Error("not started");
  await logged(bench, "ready");
  return { ...started, identity: started.identity };
}

async function exitOf(started: AgentProcess): Promise<unknown> {
  while (!started.ended.aborted) await sleep(10);
  return started.exit();
}

test("an agent is stopped with SIGINT first", async () => {
  await using bench = await createScriptBench(
    'trap "exit 11" INT; trap "exit 12" TERM; echo ready; while true; do sleep 0.02; done',
  );
  const started = await start(bench);
  expect(await stopAgentProcess(started.identity)).toBe(true);
  expect(await exitOf(started)).toEqual({ exitCode: 11, exitSignal: null });
});

test("then with SIGTERM, after the grace", async () => {
  await using bench = await createScriptBench(
    'trap "" INT; trap "exit 12" TERM; echo ready; while true; do sleep 0.02; done',
  );
  const started = await start(bench);
  expect(await stopAgentProcess(started.identity, { graceMs: 100 })).toBe(true);
  expect(await exitOf(started)).toEqual({ exitCode: 12, exitSignal: null });
});

test("then its whole group is killed, also what has lost its environment", async () => {
  await using bench = await createScriptBench(
    'trap "" INT TERM; env -i sleep 61 & echo "ready $!."; while true; do sleep 0.02; done',
  );
  const started = await start(bench);
  const child = Number(/ready (\d+)/.exec(await bench.log())?.[1]);
  expect(await stopAgentProcess(started.identity, { graceMs: 100 })).toBe(true);
  expect(await exitOf(started)).toEqual({ exitCode: null, exitSignal: "SIGKILL" });
  await expect.poll(() => isRunning(child)).toBe(false);
});

test("nothing is sent to a process that only has the same id", async () => {
  await using bench = await createScriptBench("echo ready; exec sleep 60");
  const started = await start(bench);
  expect(await stopAgentProcess({ ...started.identity, startTime: "1" })).toBe(true);
  await sleep(200);
  expect(isAlive(started.identity)).toBe(true);
  await stopAgentProcess(started.identity);
});

test("an agent lives on in a group of its own", async () => {
  await using bench = await createScriptBench(
    'echo "ready $$ $(ps -o pgid= -p $$)."; exec sleep 60',
  );
  const started = await start(bench);
  const [, pid, group] = /ready (\d+) +(\d+)/.exec(await bench.log()) ?? [];
  expect([pid, group]).toEqual([String(started.identity.pid), String(started.identity.pid)]);
  await stopAgentProcess(started.identity);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
