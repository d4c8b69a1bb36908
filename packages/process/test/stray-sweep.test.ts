import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { findByEnvironment, parsePsTable } from "../src/process-table.ts";
import { sweepRun } from "../src/stray-sweep.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts a shell that writes a line when it is ready. */
async function start(script: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn("bash", ["-c", script], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

function pidOf(child: ChildProcess): number {
  return child.pid ?? 0;
}

describe("the process table", () => {
  test("finds a process by a variable of exactly this name and value", async () => {
    const value = randomUUID();
    const child = await start("echo ready; sleep 60", { X_ID: value, OTHER: "a b\nX_ID=else" });
    expect(findByEnvironment("X_ID", value)).toContain(pidOf(child));
    expect(findByEnvironment("X_ID", value.slice(0, -1))).toEqual([]);
    expect(findByEnvironment("ID", value)).toEqual([]);
    expect(findByEnvironment("X_ID", "else")).toEqual([]);
  });

  test("finds it by a value that is not ASCII", async () => {
    const value = `é 🎉 ${randomUUID()}`;
    const child = await start("echo ready; sleep 60", { X_ID: value });
    expect(findByEnvironment("X_ID", value)).toContain(pidOf(child));
  });

  test("reads the table of ps, where words are between blanks", () => {
    const table = [
      "  101 /usr/bin/claude -p TERM=xterm RUN=a1 HOME=/Users/me",
      "  102 sleep 60 RUN=a12",
      "  103 sleep 60 XRUN=a1",
      "  104 sleep 60 RUN=a1",
      "",
    ].join("\n");
    expect(parsePsTable(table, "RUN=a1")).toEqual([101, 104]);
  });
});

describe("a sweep", () => {
  test("ends every process of the run, and no other", async () => {
    const runId = randomUUID();
    const stray = await start("echo ready; sleep 60", { SAMOCODE_RUN_ID: runId });
    const other = await start("echo ready; sleep 60", { SAMOCODE_RUN_ID: `${runId}0` });
    const { ended, left } = await sweepRun(runId);
    expect(ended).toContain(pidOf(stray));
    expect(left).toEqual([]);
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
    expect(findByEnvironment("SAMOCODE_RUN_ID", `${runId}0`)).toContain(pidOf(other));
  });

  test("kills what takes no notice of SIGTERM, after a grace", async () => {
    const runId = randomUUID();
    const stray = await start('trap "" TERM; echo ready; while true; do sleep 1; done', {
      SAMOCODE_RUN_ID: runId,
    });
    const exit = once(stray, "exit");
    expect((await sweepRun(runId, { graceMs: 200 })).left).toEqual([]);
    expect(await exit).toEqual([null, "SIGKILL"]);
  });

  test("lets a process end by itself when it takes notice", async () => {
    const runId = randomUUID();
    const stray = await start('trap "exit 5" TERM; echo ready; while true; do sleep 0.05; done', {
      SAMOCODE_RUN_ID: runId,
    });
    const exit = once(stray, "exit");
    await sweepRun(runId);
    expect(await exit).toEqual([5, null]);
  });

  test("ends also what goes on starting others", async () => {
    const runId = randomUUID();
    await start('trap "" TERM; echo ready; while true; do setsid sleep 60 & sleep 0.05; done', {
      SAMOCODE_RUN_ID: runId,
    });
    expect((await sweepRun(runId, { graceMs: 100 })).left).toEqual([]);
    await sleep(200);
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
  });

  test("is done at once when there is nothing to end", async () => {
    expect(await sweepRun(randomUUID())).toEqual({ ended: [], left: [] });
  });

  test("does not end the process that sweeps", async () => {
    const runId = randomUUID();
    const script = `
      import { sweepRun } from ${JSON.stringify(new URL("../dist/stray-sweep.js", import.meta.url).href)};
      console.log(JSON.stringify(await sweepRun(${JSON.stringify(runId)})));`;
    const sweeper = spawn(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, SAMOCODE_RUN_ID: runId },
    });
    children.push(sweeper);
    const exit = once(sweeper, "exit");
    const [output] = await once(sweeper.stdout, "data");
    expect(JSON.parse(String(output))).toEqual({ ended: [], left: [] });
    expect(await exit).toEqual([0, null]);
  });

  test("gives up on what cannot be ended, and says so", async () => {
    const runId = randomUUID();
    const stray = await start('trap "" TERM; echo ready; while true; do sleep 1; done', {
      SAMOCODE_RUN_ID: runId,
    });
    // A grace that outlasts the time: nothing is killed.
    const { left } = await sweepRun(runId, { graceMs: 60_000, timeoutMs: 300 });
    expect(left).toContain(pidOf(stray));
    await sweepRun(runId, { graceMs: 0 });
  });
});
