import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Step } from "@samocode/testkit";
import { describe, expect, test } from "vitest";
import { runAgent } from "@samocode/agent";
import type { AgentActivity } from "@samocode/core";
import { claudeDialect } from "../src/claude-dialect.ts";
import { sweepRun, type ProcessIdentity } from "@samocode/process";
import {
  createBench,
  createScriptBench,
  createStandInBench,
  fail,
  logged,
  runOn,
} from "./agent-bench.ts";

const say: Step = { do: "say", text: "Hello." };

describe("an agent that ends by itself", () => {
  test("is finished with what it cost", async () => {
    await using bench = await createStandInBench({ ...say, costUsd: 0.25 });
    const events: AgentActivity[] = [];
    const started: ProcessIdentity[] = [];
    const end = await runOn(bench, {
      onActivity: (event) => events.push(event),
      onStart: (identity) => started.push(identity),
    });
    expect(end.outcome).toMatchObject({ type: "finished", costUsd: 0.25 });
    expect(end).toMatchObject({ exitCode: 0, exitSignal: null, strays: { ended: [] } });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["init", "text", "result"]),
    );
    expect(started).toHaveLength(1);
  });

  test("gets the prompt on stdin and the environment as it is", async () => {
    await using bench = await createScriptBench(
      'cat; env | grep -c .; echo "$SAMOCODE_SESSION" >&2',
    );
    const end = await runOn(bench);
    expect(end.outcome).toEqual({ type: "finished" });
    expect(await readFile(bench.options.logFile, "utf8")).toMatch(/^Do it. 🎉\n\d+\n$/);
    expect(await readFile(bench.options.stderrFile, "utf8")).toBe(`${bench.folder}\n`);
  });

  test("that is not Claude fails by its exit code, with what it said on stderr", async () => {
    await using bench = await createScriptBench("echo working; echo 'no disk' >&2; exit 7");
    expect((await runOn(bench)).outcome).toMatchObject({
      type: "failed",
      kind: "exit",
      canRetry: true,
      message: "The agent exited with code 7: no disk",
    });
  });

  test("is heard to its last half line", async () => {
    const result = '{"type":"result","subtype":"success","is_error":false,"num_turns":1}';
    await using bench = await createScriptBench(`printf '%s' '${result}'`);
    expect((await runOn(bench)).outcome).toEqual({ type: "finished", turns: 1 });
  });

  test("is judged by its own part of a log and of stderr that were written to before", async () => {
    await using bench = await createScriptBench("exit 1");
    await writeFile(bench.options.logFile, '{"type":"result","is_error":false}\n');
    await writeFile(bench.options.stderrFile, "old words\n");
    expect((await runOn(bench)).outcome).toMatchObject({
      kind: "rejected",
      message: "The agent did not start: it exited with code 1 and no output",
    });
  });

  test("and was killed by somebody else, may be tried again", async () => {
    await using bench = await createStandInBench(say, { do: "kill", signal: "SIGKILL" });
    const end = await runOn(bench);
    expect(end.outcome).toMatchObject({ type: "failed", kind: "killed", canRetry: true });
    expect(end.exitSignal).toBe("SIGKILL");
  });

  test("in the middle of its stream, may be tried again", async () => {
    await using bench = await createStandInBench(say, { do: "exit", code: 0 });
    expect((await runOn(bench)).outcome).toMatchObject({ kind: "no-result", canRetry: true });
  });
});

describe("an agent that cannot be started", () => {
  test.each([
    ["/no/such/claude", "no such program"],
    ["no-such-claude-on-path", "no such program"],
    ["/", "it is a folder, or not executable"],
    [fileURLToPath(import.meta.url), "it is a folder, or not executable"],
  ])("%s: the message says why and what to do", async (command, why) => {
    await using bench = await createBench(command);
    const { outcome } = await runOn(bench);
    expect(outcome).toMatchObject({
      type: "failed",
      kind: "start",
      canRetry: true,
      message: `cannot start the agent \`${command}\`: ${why}`,
      cure: expect.stringContaining("CLAUDE_PATH"),
    });
  });

  test("for its command line is too long", async () => {
    await using bench = await createBench("true");
    const { outcome } = await runOn(bench, { args: ["x".repeat(3_000_000)] });
    expect(outcome).toMatchObject({ message: expect.stringContaining("too long for the system") });
  });

  test("for an argument holds what no argument may", async () => {
    await using bench = await createBench("true");
    const { outcome } = await runOn(bench, { args: ["a\0b"] });
    expect(outcome).toMatchObject({ type: "failed", kind: "start", canRetry: false });
  });

  test("for its folder is gone", async () => {
    await using bench = await createBench("true");
    const { outcome } = await runOn(bench, { cwd: "/no/such/worktree" });
    expect(outcome).toMatchObject({
      message: "cannot start the agent in `/no/such/worktree`: no such folder",
    });
  });

  test("for there is no prompt: that is our own mistake and is thrown", async () => {
    await using bench = await createBench("true");
    await expect(runOn(bench, { promptFile: "/no/such/prompt" })).rejects.toThrow(/ENOENT/);
  });

  test("for it was cancelled before", async () => {
    await using bench = await createScriptBench("touch started");
    const end = await runOn(bench, { cancel: AbortSignal.abort() });
    expect(end.outcome).toEqual({ type: "interrupted" });
    expect(readdirSync(bench.folder)).not.toContain("started");
  });
});

describe("a cancel", () => {
  test("interrupts the agent, and SIGINT is enough for the CLI", async () => {
    await using bench = await createStandInBench(say, { do: "bash", command: "sleep 60" });
    const cancel = new AbortController();
    const ending = runOn(bench, { cancel: cancel.signal });
    await logged(bench, "Hello.");
    cancel.abort();
    const end = await ending;
    expect(end.outcome.type).toBe("interrupted");
    expect(end.exitSignal).toBeNull();
  });

  test("with a kill waits for nothing", async () => {
    await using bench = await createStandInBench(
      { do: "ignore", signals: ["SIGINT", "SIGTERM"] },
      say,
      { do: "hang" },
    );
    const cancel = new AbortController();
    const kill = new AbortController();
    const options = { cancel: cancel.signal, kill: kill.signal, graceMs: 60_000 };
    const ending = runOn(bench, options);
    await logged(bench, "Hello.");
    const startedAt = performance.now();
    cancel.abort();
    await sleep(100);
    kill.abort();
    const end = await ending;
    expect(end).toMatchObject({ outcome: { type: "interrupted" }, exitSignal: "SIGKILL" });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe("what an agent leaves running", () => {
  test("is ended after a good end", async () => {
    await using bench = await createStandInBench(say, { do: "leave", ms: 60_000 });
    const end = await runOn(bench);
    expect(end.outcome.type).toBe("finished");
    expect(end.strays.ended).toHaveLength(1);
  });

  test("is ended when it left its session, its parent and its name, and ignores signals", async () => {
    await using bench = await createScriptBench(`
      setsid bash -c 'trap "" TERM INT HUP; (exec -a kworker sleep 60) & sleep 60' &
      sleep 0.3`);
    const end = await runOn(bench);
    expect(end.outcome.type).toBe("finished");
    expect(end.strays.ended.length).toBeGreaterThanOrEqual(2);
  });

  test("makes the end a failure that is not tried again, where it cannot be ended", async () => {
    await using bench = await createScriptBench(
      `setsid bash -c 'trap "" TERM; while true; do sleep 1; done' & sleep 0.3`,
    );
    // A grace that outlasts the time: nothing is killed.
    const end = await runAgent(claudeDialect, {
      ...bench.options,
      sweep: { graceMs: 60_000, timeoutMs: 300 },
    });
    expect(end.outcome).toMatchObject({
      type: "failed",
      kind: "strays",
      canRetry: false,
      message: expect.stringContaining(`pid ${end.strays.left.join(", ")}`),
    });
    expect(end.strays.left.length).toBeGreaterThan(0);
    await sweepRun(bench.options.runId, { graceMs: 0 });
  });

  test("is ended when a callback throws", async () => {
    await using bench = await createStandInBench(say, { do: "leave", ms: 60_000 }, { do: "hang" });
    await expect(runOn(bench, { onActivity: fail })).rejects.toThrow("disk full");
    expect(bench.running()).toEqual([]);
  });

  test("is ended when its start could not be written down", async () => {
    await using bench = await createScriptBench("sleep 60");
    await expect(runOn(bench, { onStart: fail })).rejects.toThrow("disk full");
    expect(bench.running()).toEqual([]);
  });
});
