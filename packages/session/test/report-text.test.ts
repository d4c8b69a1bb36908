import { describe, expect, it } from "vitest";
import { formatReport } from "../src/report-text.ts";
import { readReport } from "../src/session-report.ts";
import { asking as asked, createSessionsFolder } from "./support/waiting-session.ts";
import { createReport } from "./support/report.ts";

const options = [{ letter: "A", text: "cookie" }];
const question = { id: "Q1", title: "Where?", options, line: 1 };
const asking = {
  state: "waiting.answers",
  waitingFor: "qa_answers",
  asked: 2,
  questions: [question],
} as const;
const gated = { state: "waiting.approval", waitingFor: "plan_approval" } as const;
const acting = { state: "waiting.action", waitingFor: "human_action" } as const;
const blocked = { state: "blocked", reason: "no access" } as const;
const late = { ...blocked, waitedFor: "qa_answers", asked: 1 } as const;
const paused = { state: "paused" } as const;
const run = { pid: 1, host: "here" };

/** What it says that a person may type. */
const advice = (facts: Parameters<typeof createReport>[0]): readonly string[] =>
  formatReport(createReport(facts), 0)
    .split("\n")
    .filter((line) => line.includes("samocode-run"))
    .map((line) => line.trim());

it("shows what the agent writes below the title of a question", () => {
  const detail = "Why:\n\n- the client\u001B[2J cannot read it";
  expect(
    formatReport(createReport({ ...asking, questions: [{ ...question, detail }] }), 0),
  ).toContain("  Q1: Where?\n     Why:\n\n     - the client cannot read it\n     A) cookie\n");
});

it("says why the questions cannot be read, and not that there is none", () => {
  const unreadable = "cannot read `_qa.md`: it is not UTF-8";
  const text = formatReport(createReport({ ...asking, asked: 0, questions: [], unreadable }), 0);
  expect(text).toContain(`  ${unreadable}`);
  expect(text).not.toContain("No question");
});

describe("what to type next", () => {
  it.each([
    [
      "an open question",
      asking,
      "Answer: samocode-run answer login Q1=A   then: samocode-run login",
    ],
    [
      "answers by hand",
      { ...asking, questions: [] },
      "All questions are answered. Continue with: samocode-run login",
    ],
    [
      "answers by hand after the time for them",
      late,
      "All questions are answered. Continue with: samocode-run resume login   then: samocode-run login",
    ],
    [
      "a wait for answers without a question",
      { ...asking, asked: 0, questions: [] },
      "No question in _qa.md. Continue with: samocode-run resume login   then: samocode-run login",
    ],
    [
      "a plan at the gate",
      gated,
      'Approve: samocode-run approve login   or: samocode-run reject login --feedback "…"   then: samocode-run login',
    ],
    [
      "something that a person does",
      acting,
      "When that is done: samocode-run resume login   then: samocode-run login",
    ],
    [
      "a block",
      blocked,
      "Clear what blocks it, then: samocode-run resume login   then: samocode-run login",
    ],
    ["a pause", paused, "Continue with: samocode-run login"],
  ])("is there for %s", (_, facts, expected) => {
    expect(advice(facts)).toEqual([expected]);
  });

  it.each([
    ["an open question", asking, ["Answer: samocode-run answer login Q1=A"]],
    ["answers by hand", { ...asking, questions: [] }, []],
    [
      "a plan at the gate",
      gated,
      ['Approve: samocode-run approve login   or: samocode-run reject login --feedback "…"'],
    ],
    ["something that a person does", acting, ["When that is done: samocode-run resume login"]],
    ["a block", blocked, ["Clear what blocks it, then: samocode-run resume login"]],
    ["a pause", paused, []],
    ["a limit", { state: "limited", limitedUntil: 0 }, []],
  ])(
    "does not start a second run beside the one that holds the session: %s",
    (_, facts, expected) => {
      expect(advice({ ...facts, run })).toEqual(expected);
    },
  );

  it.each([asking, gated, acting, blocked, late, paused])(
    "is fit for a shell, whatever the name of the session: %o",
    (facts) => {
      const [line = ""] = advice({ ...facts, name: "my spaced; it's" });
      expect(line.replaceAll(String.raw`'my spaced; it'\''s'`, "NAME")).not.toContain("spaced");
    },
  );

  it("goes on with a session that is called as a command is", () => {
    expect(advice({ ...paused, name: "list" })).toEqual(["Continue with: samocode-run run list"]);
    expect(advice({ ...acting, name: "list" })).toEqual([
      "When that is done: samocode-run resume list   then: samocode-run run list",
    ]);
  });
});

it("waits for no answers any more, and for no time to be over, once all are there", () => {
  const patient = { ...asking, answerBy: 0, remedy: "block" } as const;
  const text = formatReport(createReport(patient), 0);
  expect(text).toMatch(/^login: waits for answers\n/);
  expect(text).toMatch(/^ {2}by .*, then /m);
  const answered = formatReport(createReport({ ...patient, questions: [] }), 0);
  expect(answered).toMatch(/^login: answered, ready to continue\n/);
  expect(answered).not.toMatch(/, then /);
});

it("knows from the files of a session that its questions were answered by hand", async () => {
  await using folder = await createSessionsFolder();
  const { store, read, write } = folder.add("26-01-15-login", asked);
  expect(formatReport(readReport(store, "login"))).toContain("Answer: samocode-run answer");
  write("_qa.md", read("_qa.md").replaceAll("_waiting_", "A"));
  expect(formatReport(readReport(store, "login"))).toMatch(
    /answered[^]*Continue with: samocode-run login$/,
  );
});
