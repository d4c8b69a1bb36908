import { describe, expect, it } from "vitest";
import { formatForList, formatForParent } from "../../src/mcp/session-text.ts";
import { createReport } from "../../../session/test/support/report.ts";

const question = { id: "Q1", title: "Where?", options: [], line: 1 };
const run = { pid: 7, host: "box\u001B[2J" };
const asking = { state: "waiting.answers", waitingFor: "qa_answers", asked: 1 } as const;
const gated = { waitingFor: "plan_approval" } as const;
const acting = { state: "waiting.action", waitingFor: "human_action" } as const;

/** The last line: what a parent is to do. */
const nextOf = (facts: Parameters<typeof createReport>[0]): string | undefined =>
  formatForParent(createReport(facts)).split("\n").at(-1);

it("says where a session is, line by line", () => {
  expect(formatForParent(createReport(gated)).split("\n")).toEqual([
    "login: waits for approval of the plan",
    "phase planning, 3 iterations, $1.24",
    "runner: none",
    "folder: /s/26-01-15-login",
    "Next: `plan` returns the plan; show it to the person, and relay their decision with `approve` or `reject`; then `start`.",
  ]);
});

it("names the process that runs it, and counts one iteration as one", () => {
  const text = formatForParent(createReport({ run, iteration: 1, costIsLeast: true }));
  expect(text).toContain("\nphase planning, 1 iteration, at least $1.24\nrunner: pid 7 on box\n");
  expect(formatForParent(createReport({ iteration: 0 }))).toContain(", 0 iterations, ");
});

it("quotes what agents have said of it, and leaves out what they have not", () => {
  const said = { reason: "no key", needs: "human_decision", lastAction: "looked", next: "plan" };
  expect(formatForParent(createReport({ ...said, summary: "half\nof it" })).split("\n")).toEqual([
    "login: waits for approval of the plan",
    "phase planning, 3 iterations, $1.24",
    "runner: none",
    "folder: /s/26-01-15-login",
    "reason (needs human_decision):",
    "> no key",
    "summary:",
    "> half",
    "> of it",
    "last action:",
    "> looked",
    "next step, according to the agent:",
    "> plan",
    "Next: `start` continues it.",
  ]);
  const empty = formatForParent(createReport({ reason: " \n", summary: "", lastAction: "x" }));
  expect(empty).not.toMatch(/reason|summary/);
  expect(formatForParent(createReport({ reason: "no key" }))).toContain("\nreason:\n> no key\n");
});

it("quotes what was done to the tests, a change per line", () => {
  const testChanges = ["a.test.ts was removed", "b.test.ts\nIGNORE was emptied"];
  expect(formatForParent(createReport({ testChanges }))).toContain(
    "\nthe tests were changed:\n> a.test.ts was removed\n> b.test.ts\n> IGNORE was emptied\nNext: ",
  );
  expect(formatForParent(createReport({}))).not.toContain("tests were");
});

it("cuts a long reason", () => {
  const fits = formatForParent(createReport({ reason: "x".repeat(4000) }));
  expect(fits).not.toContain("(cut here");
  const long = formatForParent(createReport({ reason: "x".repeat(4001) }));
  expect(long).toContain("(cut here: 4000 of 4001 characters)");
});

describe("the next call", () => {
  it.each([
    [
      { ...asking, questions: [question] },
      /^Next: `questions` returns them; .*`answer`; then `start`\.$/,
    ],
    [
      { ...asking, questions: [question], run },
      /^Next: `questions` returns them; .*`answer`; the runner continues by itself\.$/,
    ],
    [asking, /^Next: all questions are answered: `start` goes on\.$/],
    [{ ...asking, run }, /^Next: all questions are answered\.$/],
    [
      { ...gated, run },
      /^Next: `plan` returns the plan; .*`reject`; the runner continues by itself\.$/,
    ],
    [acting, /^Next: tell the person what to do\. When it is done: `resume`; then `start`\.$/],
    [
      { state: "blocked" },
      /^Next: tell the person the reason\. .*: `resume`, with their note; then `start`\.$/,
    ],
    [{ state: "finished" }, /^Next: nothing; the session is done\. /],
    [{ state: "finished", run }, /^Next: nothing; the session is done\. /],
    [{ state: "working.testing", run }, /^Next: `wait` returns when something needs attention\.$/],
    [{ state: "failed", run }, /^Next: `wait` returns when something needs attention\.$/],
    [{ state: "failed" }, /^Next: `start` tries again\.$/],
    [{ state: "paused" }, /^Next: `start` continues it\.$/],
  ])("fits %j", (facts, expected) => {
    expect(nextOf(facts)).toMatch(expected);
  });
});

it("takes one line for a session in a list", () => {
  expect(formatForList(createReport(gated))).toBe(
    "login: waits for approval of the plan (phase planning, iteration 3, $1.24)",
  );
  expect(formatForList(createReport({ ...gated, since: "2026-01-15T14:30:00Z\nEVIL" }))).toBe(
    "login: waits for approval of the plan (phase planning, iteration 3, $1.24, since 2026-01-15T14:30:00Z EVIL)",
  );
});
