import { expect, it } from "vitest";
import { fitsCommand, isLookedInto } from "../../src/completion/session-fit.ts";
import { createReport } from "../../../session/test/support/report.ts";

const question = { id: "Q1", title: "Where?", options: [], line: 1 };
const run = { pid: 1, host: "here" };

it.each([
  ["answer", { questions: [question] }, { questions: [] }],
  ["approve", { waitingFor: "plan_approval" }, { waitingFor: "qa_answers" }],
  ["approve", { waitedFor: "plan_approval" } as const, { waitedFor: "qa_answers" } as const],
  ["reject", { waitingFor: "plan_approval" }, {}],
  ["resume", { state: "waiting.action" }, { state: "working.waiting." }],
  ["resume", { state: "blocked" }, { state: "paused" }],
  ["stop", { run }, {}],
  ["archive", {}, { run }],
] as const)("offers for `%s` the sessions that it is for: %j", (command, fit, unfit) => {
  expect(isLookedInto(command)).toBe(true);
  expect(fitsCommand(createReport(fit), command)).toBe(true);
  expect(fitsCommand(createReport(unfit), command)).toBe(false);
});

it.each(["status", "run", "toString"])("offers all sessions for `%s`", (command) => {
  expect(isLookedInto(command)).toBe(false);
  expect(fitsCommand(createReport({ run }), command)).toBe(true);
});
