import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@samocode/core/store";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { IterationPlan, planIteration } from "../src/iteration-plan.ts";
import {
  findLastWord,
  findLeftAgent,
  hasBegun,
  readAgentIdentity,
  removeTraces,
  writeAgentIdentity,
} from "../src/left-agent.ts";
import { identifyChild } from "@samocode/process";

let temp: TempFolder;
beforeEach(async () => {
  temp = await createTempFolder();
  mkdirSync(join(temp.path, "_logs"));
});
afterEach(() => temp.dispose());

const at = Date.parse("2026-01-15T14:30:00");
const plan = planIteration({ phase: "planning", iteration: 7, attempt: "fresh" }, at, 1000);
const own = identifyChild(process.pid);
const write = (name: string, text = "x"): string => {
  const path = join(temp.path, name);
  writeFileSync(path, text);
  return path;
};

it("names the files of an iteration by time, number and phase", () => {
  expect(plan).toMatchObject({
    iteration: 7,
    resumes: false,
    log: "_logs/01-15-1430-007-planning.jsonl",
    prompt: "_logs/01-15-1430-007-planning.prompt.md",
    stderr: "_logs/01-15-1430-007-planning.stderr.txt",
    agent: "_logs/01-15-1430-007-planning.agent.json",
    timeoutMs: 1000,
  });
  expect(plan).not.toHaveProperty("head");
  expect(plan.runId).not.toBe(plan.claudeSessionId);
  const next = planIteration({ phase: "planning", iteration: 8, attempt: "fresh" }, at, 1, {
    head: "abc",
    before: plan,
  });
  expect(next).toMatchObject({ head: "abc", resumes: false });
  expect(next.claudeSessionId).not.toBe(plan.claudeSessionId);
});

it("continues the conversation whose signal is to be repaired, if there was one", () => {
  const mending = { phase: "planning", iteration: 7, attempt: "mend" } as const;
  const resumed = planIteration(mending, at, 1000, { before: plan });
  expect(resumed).toMatchObject({
    resumes: true,
    claudeSessionId: plan.claudeSessionId,
    log: "_logs/01-15-1430-007-planning-mend.jsonl",
  });
  expect(resumed.runId).not.toBe(plan.runId);
  // The agent may have given its conversation another name than the one proposed.
  const named = planIteration(mending, at, 1000, { before: plan, conversation: "own" });
  expect(named).toMatchObject({ resumes: true, claudeSessionId: "own" });
  for (const conversation of ["--mcp-config=/tmp/x", "", "a b", "a\nb", "../a", "x".repeat(201)]) {
    const { claudeSessionId } = planIteration(mending, at, 1000, { before: plan, conversation });
    expect(claudeSessionId).toBe(plan.claudeSessionId);
    expect(IterationPlan.safeParse({ ...plan, claudeSessionId: conversation }).success).toBe(false);
  }
  expect(planIteration(mending, at, 1000)).toMatchObject({ resumes: false, log: plan.log });
});

it("reads back which process an agent is, for nobody else to see", () => {
  expect(readAgentIdentity(temp.path, plan)).toBeUndefined();
  writeAgentIdentity(temp.path, plan, own);
  expect(readAgentIdentity(temp.path, plan)).toEqual(own);
  const path = join(temp.path, plan.agent);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).toMatch(/^\{.*\}\n$/);
});

it.each(["", "{", "{}", "[]"])("takes an identity that is torn for none: `%s`", (text) => {
  write(plan.agent, text);
  expect(readAgentIdentity(temp.path, plan)).toBeUndefined();
});

it("reads no identity through a link", () => {
  writeAgentIdentity(temp.path, { ...plan, agent: "elsewhere.json" }, own);
  symlinkSync(join(temp.path, "elsewhere.json"), join(temp.path, plan.agent));
  expect(readAgentIdentity(temp.path, plan)).toBeUndefined();
});

it("finds no agent if none was started: no identity, and not a word in its log", () => {
  expect(findLeftAgent(temp.path, plan)).toEqual({ type: "none" });
  write(plan.log, "");
  write(plan.prompt);
  expect(findLeftAgent(temp.path, plan)).toEqual({ type: "none" });
});

it("finds an agent that has left its log, started when its prompt was written", () => {
  write(plan.log, "{}\n");
  const before = Date.now();
  const unknown = findLeftAgent(temp.path, plan);
  expect(unknown).toEqual({ type: "started", startedAt: expect.any(Number) });
  expect(unknown.type === "started" && unknown.startedAt).toBeGreaterThanOrEqual(before);
  utimesSync(write(plan.prompt), 1000, 1000.25);
  expect(findLeftAgent(temp.path, plan)).toEqual({ type: "started", startedAt: 1_000_250 });
});

it("finds an agent by what was written down, though it has not said a word", () => {
  writeAgentIdentity(temp.path, plan, own);
  utimesSync(write(plan.prompt), 1000, 1000);
  expect(findLeftAgent(temp.path, plan)).toEqual({
    type: "started",
    startedAt: 1_000_000,
    identity: own,
  });
});

it("knows when an agent last spoke", () => {
  expect(findLastWord(temp.path, plan)).toBeUndefined();
  utimesSync(write(plan.log), 2000, 2000.5);
  expect(findLastWord(temp.path, plan)).toBe(2_000_500);
});

it("takes a word in the log or a signal for the begin of an agent", () => {
  const store = openStore(temp.path);
  expect(hasBegun(store, plan)).toBe(false);
  write(plan.log, "");
  expect(hasBegun(store, plan)).toBe(false);
  write(plan.log, "x");
  expect(hasBegun(store, plan)).toBe(true);
  write(plan.log, "");
  write("_signal.json", "{}");
  expect(hasBegun(store, plan)).toBe(true);
});

it("takes away what an agent has left that had not begun, and nothing else", () => {
  for (const name of [plan.agent, plan.log, plan.prompt, plan.stderr]) write(name);
  removeTraces(temp.path, plan);
  removeTraces(temp.path, plan);
  expect(findLastWord(temp.path, plan)).toBeUndefined();
  expect(readAgentIdentity(temp.path, plan)).toBeUndefined();
  expect(statSync(join(temp.path, plan.prompt), { throwIfNoEntry: false })).toBeUndefined();
  expect(readFileSync(join(temp.path, plan.stderr), "utf8")).toBe("x");
});
