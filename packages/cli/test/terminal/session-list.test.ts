import picocolors from "picocolors";
import { expect, it } from "vitest";
import { formatList } from "../../src/terminal/session-list.ts";
import { formatReport, type SessionReport, textWidth } from "@samocode/session";
import { createReport } from "../../../session/test/support/report.ts";

const now = Date.parse("2026-01-15T14:30:00Z");
const hours = (count: number): string => new Date(now - count * 3_600_000).toISOString();
const report = (facts: Partial<SessionReport>): SessionReport =>
  createReport({ since: hours(3), startedAt: now - 5 * 86_400_000, ...facts });
const question = { id: "Q1", title: "Where?", options: [], line: 1 };
const run = { pid: 1, host: "here" };
const color = picocolors.createColors(false);

it("says on one line for each session whom it waits for and since when, what it costs and how old it is", () => {
  const reports = [
    report({}),
    report({ name: "fix", state: "waiting.answers", questions: [question, question] }),
    report({
      name: "a-rather-long-name-of-a-session-日本語",
      state: "working.testing",
      phase: "testing",
      run,
    }),
    report({ name: "stops", state: "working.testing", phase: "testing", run, stopRequested: true }),
    report({
      name: "soon",
      state: "waiting.answers",
      questions: [question],
      waitingSince: now - 60_000,
      answerBy: now + 2 * 3_600_000,
    }),
    report({ name: "lost", state: "working.planning" }),
    report({
      name: "stuck",
      state: "blocked",
      reason: "no \u001B[2Jaccess to the server at all, and more words",
    }),
    report({ name: "limit", state: "limited", limitedUntil: now }),
    report({
      name: "old",
      state: "finished",
      phase: "done",
      costUsd: 104.5,
      costIsLeast: true,
      since: hours(2000),
    }),
    report({ name: "odd", phase: "unknown", since: "yesterday" }),
  ];
  const lines = formatList(reports, { columns: 80, color, now });
  expect(Math.max(...lines.map(textWidth))).toBeLessThan(80);
  expect(`\n${lines.join("\n")}\n`.replace(/\d\d:\d\d/, "HH:MM")).toMatchInlineSnapshot(`
    "
    SESSION                 PHASE     STATE                   SINCE       COST  AGE
    odd                     unknown   you: approve the plan              $1.24   5d
    login                   planning  you: approve the plan      3h      $1.24   5d
    fix                     planning  you: 2 answers             3h      $1.24   5d
    stuck                   planning  you: blocked, no acce…     3h      $1.24   5d
    soon                    planning  you: 1 answer, 2h left     1m      $1.24   5d
    a-rather-long-name-of…  testing   works                      3h      $1.24   5d
    stops                   testing   works, then stops          3h      $1.24   5d
    lost                    planning  runner exited              3h      $1.24   5d
    limit                   planning  limit until HH:MM          3h      $1.24   5d
    old                     done      done                      11w  ≥ $104.50   5d
    "
  `);
});

/** What the list says of a session that has questions, and an hour for their answers. */
function whereOf(facts: Partial<SessionReport>): string | undefined {
  const waits = report({ state: "waiting.answers", answerBy: now + 3_600_000, ...facts });
  const [, line] = formatList([waits], { columns: Number.POSITIVE_INFINITY, color, now });
  return line?.split(/ {2,}/)[2];
}

it("waits for nobody any more where all questions are answered by hand", () => {
  expect(whereOf({ asked: 2, questions: [question] })).toBe("you: 1 answer, 1h left");
  expect(whereOf({ asked: 2 })).toBe("answered, ready to continue");
  expect(whereOf({ asked: 0 })).toBe("you: resume it, no questions, 1h left");
});

it("cuts nothing if nobody reads it on a terminal", () => {
  const reason = "a reason ".repeat(40).trim();
  const [, line] = formatList([report({ state: "blocked", reason })], {
    columns: Number.POSITIVE_INFINITY,
    color,
    now,
  });
  expect(line).toContain(reason);
});

it("says in the status what each phase has cost, and since when the session is where it is", () => {
  const text = formatReport(report({ phaseCosts: { investigation: 0.8, planning: 0.44 } }), now);
  expect(text).toContain("cost: investigation $0.80, planning $0.44");
  expect(text).toMatch(/3 iterations, \$1\.24, since 01-1\d \d\d:30 \(3h 00m\)/);
});
