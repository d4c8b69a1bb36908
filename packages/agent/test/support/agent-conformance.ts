import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Agent, AgentIteration, AgentSignals } from "@samocode/agent";
import type { AgentActivity } from "@samocode/core";
import {
  findByEnvironment,
  isAlive,
  type ProcessIdentity,
  startAgentProcess,
} from "@samocode/process";
import { createTempFolder } from "@samocode/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** An agent of which the suite can let any program play the part. */
export interface AgentUnderTest {
  readonly create: (program: string, env: NodeJS.ProcessEnv) => Agent;
  /** The lines that its program writes. */
  readonly lines: {
    readonly begin: string;
    readonly say: (text: string) => string;
    readonly done: string;
    readonly failed: string;
  };
}

const never = new AbortController().signal;

/** A session folder with a program, and the iteration that it is to carry out. */
async function createPlace(under: AgentUnderTest, script: string) {
  const temp = await createTempFolder("samocode-conformance-");
  const at = (name: string): string => join(temp.path, name);
  const program = at("agent.sh");
  writeFileSync(program, `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  mkdirSync(at("work"));
  const runId = `test-${randomUUID()}`;
  const agent = under.create(program, { PATH: process.env["PATH"], TELEGRAM_BOT_TOKEN: "t" });
  const said: string[] = [];
  const started: ProcessIdentity[] = [];
  const iteration: AgentIteration = {
    phase: "planning",
    iteration: 3,
    runId,
    task: { type: "work", conversation: randomUUID(), notes: [] },
    sessionFolder: temp.path,
    workingDir: at("work"),
    promptFile: at("_logs/3.prompt.md"),
    logFile: at("_logs/3.jsonl"),
    stderrFile: at("_logs/3.stderr.txt"),
    deadlineAt: Date.now() + 60_000,
    idleMs: 0,
    onStart: (identity) => started.push(identity),
  };
  const emit = (activity: AgentActivity): void => {
    if (activity.type === "text") said.push(activity.text);
  };
  return {
    at,
    agent,
    program,
    iteration,
    said,
    started,
    run: (change: Partial<AgentIteration> = {}, signals: Partial<AgentSignals> = {}) =>
      agent.run({ ...iteration, ...change }, { cancel: never, kill: never, ...signals }, emit),
    /** Processes of this run that are there now. */
    running: () => findByEnvironment("SAMOCODE_RUN_ID", runId),
    /** Starts the program as a runner does that dies the moment after. */
    async startUnwatched() {
      mkdirSync(at("_logs"));
      writeFileSync(iteration.promptFile, "");
      const { promptFile, logFile, stderrFile } = iteration;
      const env = { PATH: process.env["PATH"], SAMOCODE_RUN_ID: runId };
      const files = { promptFile, logFile, stderrFile, cwd: at("work"), env };
      const unwatched = await startAgentProcess({ ...files, command: program, args: [] });
      if ("startError" in unwatched) throw unwatched.startError;
      return unwatched.identity;
    },
    [Symbol.asyncDispose]: () => temp.dispose(),
  };
}

function fail(): never {
  throw new Error("disk full");
}

/** The shell commands that write lines. */
function write(...lines: readonly string[]): string {
  return `cat <<'END'\n${lines.join("\n")}\nEND\n`;
}

/** Holds an agent to what the runner relies on, whatever its program is. */
export function testAgent(name: string, under: AgentUnderTest): void {
  const { begin, say, done, failed } = under.lines;

  describe(`the agent ${name}`, () => {
    it("is known before it is heard, works in its folder, and is finished", async () => {
      const script = `${write(begin, say("one"), say("two"), done)} pwd >../where; env >../env`;
      await using place = await createPlace(under, script);
      const { outcome, exitCode, exitSignal, refusals } = await place.run();
      expect(outcome).toMatchObject({ type: "finished", conversation: expect.stringMatching(/./) });
      expect({ exitCode, exitSignal, refusals }).toEqual({
        exitCode: 0,
        exitSignal: null,
        refusals: [],
      });
      expect(place.said).toEqual(["one", "two"]);
      expect(place.started).toHaveLength(1);
      expect(readFileSync(place.at("where"), "utf8").trim()).toBe(place.at("work"));
      const env = readFileSync(place.at("env"), "utf8");
      expect(env).toContain(`SAMOCODE_RUN_ID=${place.iteration.runId}\n`);
      expect(env).toContain(`SAMOCODE_SESSION=${place.iteration.sessionFolder}\n`);
      expect(env).not.toContain("TELEGRAM");
      expect(statSync(place.iteration.promptFile).mode & 0o777).toBe(0o600);
      expect(place.running()).toEqual([]);
    });

    it("fails with a message when it says that it has failed", async () => {
      await using place = await createPlace(under, `${write(begin, failed)} exit 1`);
      const { outcome, exitCode } = await place.run();
      expect(outcome).toMatchObject({ type: "failed", message: expect.stringMatching(/./) });
      expect(exitCode).toBe(1);
    });

    it("fails to start, with how to fix it, when its program is not there", async () => {
      await using place = await createPlace(under, "");
      const agent = under.create(`${place.program}.gone`, {});
      const end = await agent.run(place.iteration, { cancel: never, kill: never }, () => {});
      expect(end.outcome).toMatchObject({
        type: "failed",
        kind: "start",
        cure: expect.stringMatching(/./),
      });
      expect(place.started).toEqual([]);
    });

    it("is interrupted with all that it has started", async () => {
      const script = `${write(begin)} setsid sleep 60 & touch ../ready; sleep 60`;
      await using place = await createPlace(under, script);
      const stop = new AbortController();
      const end = place.run({}, { cancel: stop.signal, kill: stop.signal });
      while (!existsSync(place.at("ready"))) await sleep(10);
      stop.abort();
      expect((await end).outcome).toMatchObject({ type: "interrupted" });
      expect(place.running()).toEqual([]);
    });

    it("is stopped at its deadline, and when it is silent for too long", async () => {
      await using place = await createPlace(under, `${write(begin)} exec sleep 60`);
      const late = await place.run({ deadlineAt: Date.now() + 400 });
      expect(late.outcome).toMatchObject({ type: "timedOut", afterMs: expect.any(Number) });
      const { promptFile } = place.iteration;
      const idle = await place.run({ idleMs: 400, logFile: `${promptFile}.2` });
      expect(idle.outcome).toMatchObject({ type: "stalled", afterMs: expect.any(Number) });
      expect(place.running()).toEqual([]);
    });

    it("is stopped when nobody can write down which process it is", async () => {
      await using place = await createPlace(under, `${write(begin)} exec sleep 60`);
      await expect(place.run({ onStart: fail })).rejects.toThrow("disk full");
      expect(place.running()).toEqual([]);
    });

    it("is followed to its end by a runner that did not start it", async () => {
      const script = `${write(begin, say("before"))} sleep 0.6; ${write(say("after"), done)}`;
      await using place = await createPlace(under, script);
      const identity = await place.startUnwatched();
      const { outcome, exitCode } = await place.run({ task: { type: "reattach", identity } });
      expect(outcome).toMatchObject({ type: "finished" });
      expect(exitCode).toBeNull();
      expect(place.said).toEqual(["before", "after"]);
      expect(isAlive(identity)).toBe(false);
    });

    it("has finished what it finished while nobody watched, and is lost otherwise", async () => {
      await using place = await createPlace(under, "");
      mkdirSync(place.at("_logs"));
      const { logFile, stderrFile } = place.iteration;
      writeFileSync(stderrFile, "");
      writeFileSync(logFile, `${begin}\n${done}\n`);
      const task = { type: "reattach" } as const;
      expect((await place.run({ task })).outcome).toMatchObject({ type: "finished" });
      writeFileSync(logFile, `${begin}\n${say("cut")}\n`);
      expect((await place.run({ task })).outcome).toMatchObject({ type: "lost" });
    });

    it("reads any line of a log without a fault", () => {
      const { log } = under.create("agent", {});
      const texts = log.parseLine(say("hello")).map((one) => (one.type === "text" ? one.text : ""));
      expect(texts).toEqual(["hello"]);
      expect(done).toContain(log.largeLinesWith);
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
          expect(Array.isArray(log.parseLine(line))).toBe(true);
        }),
      );
    });
  });
}
