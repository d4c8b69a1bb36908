import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sessionMachine, type RunEvent, type SessionEvent } from "@samocode/core";
import { editStatus, formatOverview, parseOverview } from "@samocode/core/overview";
import { createRecord, formatRecord, openStore, statusChanges } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { initialTransition, transition } from "xstate";
import type { IterationPlan } from "@samocode/session";
import { acquireLock, identifyProcess } from "@samocode/process";
import { watchSession } from "../src/watch-session.ts";
import { activityLog, formatText } from "./support/activity-log.ts";

const plan: IterationPlan = {
  iteration: 1,
  runId: "r",
  claudeSessionId: "c",
  resumes: false,
  log: "_logs/1.jsonl",
  prompt: "_logs/1.prompt.md",
  stderr: "_logs/1.stderr.txt",
  agent: "_logs/1.agent.json",
  timeoutMs: 60_000,
};

const said = (text: string): string => `${formatText(text)}\n`;

/** A session in its first iteration, written by hand as a run writes it. */
async function createWatched(shown: IterationPlan = plan) {
  const temp = await createTempFolder("samocode-watch-");
  const folder = join(temp.path, "26-01-15-t");
  const file = (name: string): string => join(folder, name);
  mkdirSync(join(folder, "_logs"), { recursive: true });
  writeFileSync(
    file("_overview.md"),
    formatOverview({ name: "t", started: "01-15 14:30", workingDir: "/w", task: "x" }),
  );
  let [snapshot] = initialTransition(sessionMachine, {});
  let seq = 1;
  const record = (event: "run" | SessionEvent, from: string): void => {
    const facts = snapshot.hasTag("agent") ? { plan: shown } : {};
    const line = createRecord({ seq: seq++, at: Date.now(), event, from, facts }, snapshot);
    appendFileSync(file("_signal_history.jsonl"), formatRecord(line));
  };
  record("run", "paused");
  const seen: RunEvent[] = [];
  const stop = new AbortController();
  const process = spawn("sleep", ["600"], { stdio: "ignore" });
  return {
    folder,
    file,
    seen,
    types: () => seen.map(({ type }) => type),
    /** The run, seen from outside: its lock. */
    lock: () => acquireLock(file(".run.lock"), { purpose: "run" }),
    /** The agent starts, and says this. */
    begin(text: string) {
      writeFileSync(file(plan.prompt), "do it");
      writeFileSync(file(plan.log), said(text));
      const identity = identifyProcess(process.pid ?? 0);
      writeFileSync(file(plan.agent), JSON.stringify(identity));
    },
    say: (text: string) => appendFileSync(file(plan.log), said(text)),
    move(event: SessionEvent) {
      const from = `working.${snapshot.context.phase}`;
      [snapshot] = transition(sessionMachine, snapshot, event);
      record(event, from);
      const text = readFileSync(file("_overview.md"), "utf8");
      const { status } = parseOverview(text);
      writeFileSync(
        file("_overview.md"),
        editStatus(text, statusChanges(snapshot.context, status)),
      );
    },
    killAgent: () => process.kill("SIGKILL"),
    watch: (options: { readonly stay?: boolean } = {}) =>
      watchSession(openStore(folder), {
        log: activityLog,
        tell: (event) => seen.push(event),
        cancel: stop.signal,
        pollMs: 10,
        ...options,
      }),
    stop: () => stop.abort(),
    async [Symbol.asyncDispose]() {
      process.kill("SIGKILL");
      await temp.dispose();
    },
  };
}

const { poll } = expect;

it("tells the running iteration from its start to whoever comes late, and then what is new", async () => {
  await using session = await createWatched();
  using lock = disposable(session.lock());
  session.begin("first words");
  const watching = session.watch();
  await poll(session.types).toEqual(["session.entered", "iteration.started", "agent"]);
  expect(session.seen[0]).toMatchObject({ state: "working.investigation", iteration: 1 });
  expect(session.seen[1]).toMatchObject({ phaseIteration: 1, attempt: "fresh", workingDir: "/w" });
  session.say("more words");
  session.move({ type: "signal.blocked", reason: "no access", needs: "clarification" });
  await poll(session.types).toContain("waiting");
  lock.release();
  expect(await watching).toBe(4);
  expect(session.types().slice(3)).toEqual(["agent", "session.moved", "waiting", "session.rested"]);
  expect(session.seen[3]).toMatchObject({ event: { text: "more words" } });
  expect(session.seen[4]).toMatchObject({ to: "blocked", message: "no access" });
});

it("tells what an agent said at the very end before it tells of the end", async () => {
  await using session = await createWatched();
  using lock = disposable(session.lock());
  const watching = session.watch();
  await poll(session.types).toEqual(["session.entered"]);
  session.begin("all of it");
  session.move({ type: "signal.waiting", for: "human_action" });
  lock.release();
  expect(await watching).toBe(3);
  expect(session.types()).toEqual([
    "session.entered",
    "iteration.started",
    "agent",
    "session.moved",
    "session.rested",
  ]);
});

it("follows an agent whose run died to its end", async () => {
  await using session = await createWatched();
  session.begin("alone");
  const watching = session.watch();
  await poll(session.types).toContain("run.lost");
  session.say("still alone");
  await poll(() => session.types().filter((type) => type === "agent")).toHaveLength(2);
  session.killAgent();
  expect(await watching).toBe(3);
  expect(session.seen.at(-1)).toMatchObject({
    type: "session.rested",
    state: "working.investigation",
  });
});

it("stays with a session that rests where it is told to, and tells what people and the next run do", async () => {
  await using session = await createWatched();
  session.begin("x");
  session.killAgent();
  const watching = session.watch({ stay: true });
  await poll(session.types).toContain("session.rested");
  session.move({ type: "signal.waiting", for: "human_action" });
  await poll(() => session.types().filter((type) => type === "session.rested")).toHaveLength(2);
  session.lock();
  await poll(() => session.types().at(-1)).toBe("waiting");
  expect(session.types().at(-2)).toBe("session.entered");
  session.stop();
  expect(await watching).toBeUndefined();
});

it("ends at once, without a word about an exit, where it is cancelled", async () => {
  await using session = await createWatched();
  session.lock();
  const watching = session.watch();
  await sleep(50);
  session.stop();
  expect(await watching).toBeUndefined();
  expect(session.types()).toEqual(["session.entered"]);
});

it("reads no log outside of the session's own folder, whatever its history says", async () => {
  await using session = await createWatched({ ...plan, log: "../outside.jsonl" });
  writeFileSync(join(session.folder, "..", "outside.jsonl"), said("secret"));
  session.begin("x");
  await session.watch();
  expect(session.types()).toEqual(["session.entered", "session.rested"]);
});

it("says where a session of the Python samocode rests, which has no states on record", async () => {
  await using session = await createWatched();
  writeFileSync(
    session.file("_signal_history.jsonl"),
    '{"timestamp":"2026-01-15 14:30:00","phase":"init","status":"waiting"}\n',
  );
  writeFileSync(
    session.file("_overview.md"),
    "## Status\nPhase: init\nBlocked: waiting_human\nTotal Iterations: 4\n",
  );
  expect(await session.watch()).toBe(3);
  expect(session.seen.at(-1)).toMatchObject({
    type: "session.rested",
    phase: "investigation",
    state: "waiting.action",
    iteration: 4,
  });
});

function disposable<Value extends { release: () => void }>(value: Value) {
  return Object.assign(value, { [Symbol.dispose]: () => value.release() });
}
