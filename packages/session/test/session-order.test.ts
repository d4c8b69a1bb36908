import { expect, it } from "vitest";
import { sinceOf, sortByTurn, turnOf } from "../src/session-order.ts";
import type { SessionReport } from "../src/session-report.ts";
import { createReport } from "./support/report.ts";

const run = { pid: 1, host: "here" };
const question = { id: "Q1", title: "Where?", options: [], line: 1 };
const at = (minute: number): string => new Date(minute * 60_000).toISOString();

it.each<[string, Partial<SessionReport>, string]>([
  ["a plan at the gate", { state: "waiting.approval" }, "you"],
  ["a plan at the gate of a run that waits", { state: "waiting.approval", run }, "you"],
  ["an open question", { state: "waiting.answers", asked: 1, questions: [question] }, "you"],
  ["a wait for answers without a question", { state: "waiting.answers", asked: 0 }, "you"],
  ["a file to bring", { state: "waiting.file" }, "you"],
  ["something to do", { state: "waiting.action" }, "you"],
  ["a block", { state: "blocked" }, "you"],
  ["a failure", { state: "failed" }, "you"],
  ["an agent at work", { state: "working.testing", run }, "working"],
  ["tests that run", { state: "verifying", run }, "working"],
  ["a limit that its run waits for", { state: "limited", run }, "working"],
  ["answers that a run takes up", { state: "waiting.answers", asked: 1, run }, "working"],
  ["answers by hand", { state: "waiting.answers", asked: 1 }, "ready"],
  ["a run that died", { state: "working.testing" }, "ready"],
  ["a pause", { state: "paused" }, "ready"],
  ["a pause that a run has just begun with", { state: "paused", run }, "working"],
  ["the end", { state: "finished" }, "done"],
  ["the end, while its run says so", { state: "finished", run }, "done"],
])("knows whose turn it is: %s", (_, facts, turn) => {
  expect(turnOf(createReport(facts))).toBe(turn);
});

it("lists first what needs a human, longest first, and last what is done, newest first", () => {
  const reports = [
    createReport({ name: "done-old", state: "finished", since: at(1) }),
    createReport({ name: "done-new", state: "finished", since: at(9) }),
    createReport({ name: "ready", state: "paused", since: at(0) }),
    createReport({ name: "works", state: "working.testing", run, since: at(0) }),
    createReport({ name: "you-2", state: "blocked", since: at(5) }),
    createReport({ name: "you-1", state: "waiting.approval", since: at(8), waitingSince: 60_000 }),
    createReport({ name: "works-2", state: "working.testing", run, since: at(3) }),
  ];
  const names = sortByTurn(reports).map(({ name }) => name);
  expect(names).toEqual(["you-1", "you-2", "works", "works-2", "ready", "done-new", "done-old"]);
  expect(sortByTurn([])).toEqual([]);
});

it("keeps the order of those that say no time", () => {
  const reports = ["a", "b", "c"].map((name) => createReport({ name, since: "yesterday" }));
  expect(sortByTurn(reports).map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

it("counts from the wait, else from the last record", () => {
  expect(sinceOf(createReport({ since: at(1), waitingSince: 5 }))).toBe(5);
  expect(sinceOf(createReport({ since: at(1) }))).toBe(60_000);
  expect(sinceOf(createReport({ since: "yesterday" }))).toBe(0);
  expect(sinceOf(createReport())).toBe(0);
});
