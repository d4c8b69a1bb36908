import { expect, it } from "vitest";
import { formatNotice, formatNoticeTitle, type NoticeContent } from "../src/index.ts";

const session = { session: "login", phase: "planning", iteration: 3, costUsd: 0.5 };
const told = (content: NoticeContent): string => formatNotice({ ...content, ...session });
const question = {
  id: "Q1",
  title: "Where do tokens live?",
  options: [
    { letter: "A", text: "httpOnly cookie" },
    { letter: "B", text: "localStorage" },
  ],
  suggestion: { letter: "A", text: "A - not readable by scripts" },
  line: 1,
};

it("tells every open question with its options and its suggestion", () => {
  const other = { id: "Q2", title: "How long?", options: [], line: 9 };
  expect(told({ kind: "questions", questions: [question, other] })).toBe(
    `login: waits for 2 answers

Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
Suggested: A - not readable by scripts

Q2: How long?

phase planning, iteration 3, $0.50`,
  );
});

it("shows what the agent writes below the title of a question above its options", () => {
  const detailed = { ...question, detail: "Why:\n- the client cannot read it" };
  expect(told({ kind: "questions", questions: [detailed] })).toContain(
    "Q1: Where do tokens live?\nWhy:\n- the client cannot read it\nA) httpOnly cookie\n",
  );
});

it("tells the head of a plan, and that it is one", () => {
  const plan = { file: "01-15-14:50-plan.md", hash: "00", head: "# Plan", isCut: true };
  expect(told({ kind: "approval", plan })).toContain("01-15-14:50-plan.md (excerpt)\n\n# Plan\n");
  expect(told({ kind: "approval", plan: { ...plan, isCut: false } })).toContain("plan.md\n\n#");
  expect(told({ kind: "approval" })).toContain("There is no plan file.");
});

it.each<[NoticeContent, string, string]>([
  [{ kind: "questions", questions: [question] }, "waits for an answer", "Q1: Where"],
  [
    { kind: "questions", questions: [] },
    "waits for answers, but no question is open",
    "iteration 3",
  ],
  [
    { kind: "action", for: "human_action", next: "Make a key" },
    "waits for a manual step",
    "Make a key",
  ],
  [{ kind: "action", for: "file_update" }, "waits for a file", "iteration 3"],
  [
    { kind: "blocked", reason: "2 tests fail", needs: "error_resolution" },
    "blocked",
    "2 tests fail\nIt needs: error resolution",
  ],
  [{ kind: "done", summary: "JWT login" }, "done", "JWT login"],
  [{ kind: "failed", message: "exit code 1" }, "failed after all retries", "exit code 1"],
  [
    { kind: "limited", until: new Date(2026, 0, 15, 9, 5).getTime() },
    "usage limit reached, continues at 01-15 09:05",
    "iteration 3",
  ],
  [{ kind: "working", afterLimit: true }, "the limit is over, continues", "iteration 3"],
  [{ kind: "working" }, "works", "iteration 3"],
  [{ kind: "paused" }, "ready to continue", "iteration 3"],
])(
  "says in one line where the session is, and below what it is about: %o",
  (notice, title, body) => {
    expect(formatNoticeTitle({ ...notice, ...session })).toContain(`login: ${title}`);
    expect(told(notice)).toContain(body);
    expect(told(notice)).not.toContain("undefined");
  },
);

it("says that a notice is told again", () => {
  expect(formatNoticeTitle({ kind: "paused", ...session, reminder: true })).toBe(
    "login: ready to continue (reminder)",
  );
});

it("says by when a person is to act, and what is done otherwise", () => {
  const deadline = { at: new Date(2026, 0, 16, 8, 0).getTime(), remedy: "suggestions" } as const;
  expect(
    formatNotice({ kind: "questions", questions: [question], ...session, deadline }),
  ).toContain("phase planning, iteration 3, $0.50\nby 01-16 08:00, then the suggestions count");
});

it("says that nobody acted in time, and of a plan that has changed who had approved it", () => {
  expect(told({ kind: "approval", isOverdue: true, lapsedBy: "ada" })).toContain(
    "login: blocked: timed out waiting for approval of the plan\n\nThe plan has changed since ada approved it.\n",
  );
});

it("says of a cost that is not wholly known that it is the least", () => {
  expect(formatNotice({ kind: "paused", ...session, costIsLeast: true })).toContain(
    "at least $0.50",
  );
});

it("says what was done to the tests, at the gate and at the end", () => {
  const testChanges = ["a.test.ts was removed", "b.test.ts was emptied"];
  const line = "The tests were changed: a.test.ts was removed; b.test.ts was emptied";
  const plan = { file: "plan.md", hash: "00", head: "# Plan", isCut: false };
  expect(told({ kind: "approval", plan, lapsedBy: "ada", testChanges })).toContain(
    `\n\nThe plan has changed since ada approved it.\n${line}\nplan.md\n\n# Plan\n`,
  );
  expect(told({ kind: "done", summary: "JWT", outcome: ["branch x"], testChanges })).toContain(
    `\n\nJWT\n\n${line}\n\nbranch x\n\nphase`,
  );
  expect(told({ kind: "approval", plan })).not.toContain("tests");
  expect(told({ kind: "done" })).not.toContain("tests");
});
