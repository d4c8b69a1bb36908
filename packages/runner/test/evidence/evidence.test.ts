import { describe, expect, it } from "vitest";
import {
  formatEvidence,
  judgeRun,
  type Evidence,
  type RunEnd,
} from "../../src/evidence/evidence.ts";

const green: RunEnd = { exitCode: 0, exitSignal: null, timedOut: false };
const ran = { passed: 5, failed: 0, skipped: 1, total: 6 };
const none = { passed: 0, failed: 0, skipped: 0, total: 0 };
const broken = { passed: 5, failed: 1, skipped: 0, total: 6 };

describe("the verdict on a run of the tests", () => {
  it.each([
    ["passes what ended well and ran tests", { ...green, tests: ran }, "passed"],
    ["passes what ended well in a form that nobody knows", green, "passed"],
    ["refuses a green run without a test", { ...green, tests: none }, "no-tests"],
    [
      "refuses a green run in which all was skipped",
      { ...green, tests: { ...none, skipped: 3, total: 3 } },
      "no-tests",
    ],
    ["believes an exit code more than the counts", { ...green, exitCode: 1, tests: ran }, "red"],
    [
      "believes an exit code of 0 more than a line about a failure",
      { ...green, tests: broken },
      "passed",
    ],
    [
      "is red for a kill signal from elsewhere",
      { ...green, exitCode: null, exitSignal: "SIGSEGV" },
      "red",
    ],
    ["knows a command that the shell does not find", { ...green, exitCode: 127 }, "cannot-run"],
    [
      "is red where tests ran before a command was not found",
      { ...green, exitCode: 127, tests: ran },
      "red",
    ],
    ["knows a shell that did not start", { ...green, exitCode: null }, "cannot-run"],
    [
      "knows a run that took too long",
      { ...green, exitCode: null, exitSignal: "SIGTERM", timedOut: true, tests: ran },
      "timed-out",
    ],
  ] as const)("%s", (_, end, verdict) => {
    expect(judgeRun(end)).toBe(verdict);
  });
});

describe("what is told of evidence", () => {
  const passed: Evidence = {
    command: "npm test",
    verdict: "passed",
    exitCode: 0,
    exitSignal: null,
    durationMs: 3240,
    tests: ran,
    commit: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d",
    dirty: false,
    outputTail: "5 passing",
    outputFile: "/s/_logs/tests.txt",
  };
  const { tests: _tests, commit: _commit, ...bare } = passed;
  const end = "\n\nThe end of /s/_logs/tests.txt:\n\n5 passing";

  it.each([
    [passed, "`npm test` passed after 3.2 s at 1a2b3c4: 5 passed, 1 skipped."],
    [
      { ...passed, dirty: true },
      "`npm test` passed after 3.2 s at 1a2b3c4 with uncommitted changes: 5 passed, 1 skipped.",
    ],
    [bare, "`npm test` passed after 3.2 s, number of tests unknown."],
    [
      { ...passed, verdict: "red", exitCode: 1, tests: broken },
      `\`npm test\` failed with exit code 1 after 3.2 s at 1a2b3c4: 1 failed, 5 passed.${end}`,
    ],
    [
      { ...bare, verdict: "red", exitCode: null, exitSignal: "SIGSEGV" },
      `\`npm test\` was killed by SIGSEGV after 3.2 s.${end}`,
    ],
    [
      { ...bare, verdict: "no-tests", tests: none },
      `\`npm test\` exited 0 after 3.2 s without running any tests: 0 passed.${end}`,
    ],
    [
      { ...bare, verdict: "timed-out", exitCode: null },
      `\`npm test\` timed out and was stopped after 3.2 s.${end}`,
    ],
    [
      { ...bare, verdict: "cannot-run", exitCode: 127, outputTail: "" },
      "`npm test` cannot be run: the shell reports exit code 127.\n\nIt printed nothing.",
    ],
    [{ ...bare, verdict: "cannot-run", exitCode: null }, `\`npm test\` cannot be started.${end}`],
  ] as const)(
    "is one sentence and, where it matters, the end of the output (%#)",
    (evidence, text) => {
      expect(formatEvidence(evidence)).toBe(text);
    },
  );
});
