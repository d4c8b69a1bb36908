import { formatNotice, formatNoticeTitle, type Notice, type NoticeContent } from "@samocode/core";
import { createTelegramApi } from "@samocode/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNoticeMessages } from "../src/notice-message.ts";
import { createTelegramChannel } from "../src/telegram-channel.ts";

const noticeOf = (content: NoticeContent, session = "login"): Notice => {
  const words = { ...content, session, phase: "planning", iteration: 3, costUsd: 0.5 };
  return {
    ...words,
    id: "noticeid00",
    sessionId: "session_-0",
    folder: "/sessions/26-01-15-login",
    title: formatNoticeTitle(words),
    text: formatNotice(words),
  };
};
const labels = (notice: Notice): string[][][] =>
  formatNoticeMessages(notice).map(({ keyboard }) =>
    keyboard.map((row) => row.map(({ text }) => text)),
  );

const long = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.integer({ min: 0, max: 6000 }).map((length) => "<&>😀".repeat(length / 5)),
);
const letter = fc.stringMatching(/^[A-Z]$/);
const question = fc.record({
  id: fc.bigInt({ min: 1n, max: 10n ** 60n }).map((number) => `Q${number}`),
  title: long,
  options: fc.array(fc.record({ letter, text: long }), { maxLength: 30 }),
  line: fc.constant(1),
});
const content: fc.Arbitrary<NoticeContent> = fc.oneof(
  fc.record({
    kind: fc.constant("questions" as const),
    questions: fc.array(question, { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant("approval" as const),
    plan: fc.record({ file: long, hash: fc.constant("0"), head: long, isCut: fc.boolean() }),
  }),
  fc.record({
    kind: fc.constant("blocked" as const),
    reason: long,
    needs: fc.constant("clarification" as const),
  }),
  fc.record({ kind: fc.constant("done" as const), summary: long }),
);

it("makes messages that Telegram takes of any notice", async () => {
  await using api = await createTelegramApi();
  const { tell } = createTelegramChannel({ token: api.token, chatId: "42", apiRoot: api.url });
  const cancel = new AbortController().signal;
  await fc.assert(
    fc.asyncProperty(content, async (each) => {
      await tell(noticeOf(each), cancel);
    }),
    { numRuns: 60 },
  );
  expect(api.messages().length).toBeGreaterThanOrEqual(60);
});

it("shows every question with its buttons, and never more than fit into a message", () => {
  const questions = Array.from({ length: 12 }, (_, index) => ({
    id: `Q${index + 1}`,
    title: "x".repeat(700),
    options: [
      { letter: "A", text: "yes" },
      { letter: "B", text: "no" },
    ],
    suggestion: { letter: "B", text: "B" },
    line: 1,
  }));
  const messages = formatNoticeMessages(noticeOf({ kind: "questions", questions }));
  expect(messages).toHaveLength(3);
  const buttons = messages.flatMap(({ keyboard }) => keyboard.flat());
  expect(buttons.map(({ text }) => text).slice(0, 3)).toEqual(["Q1 A", "Q1 B ★", "Q1 ✎"]);
  expect(buttons).toHaveLength(12 * 3 + 1);
  expect(buttons.at(-1)?.text).toBe("Accept all suggestions");
});

it("shows what the agent writes below a title, and keeps room for the options below it", () => {
  const options = [{ letter: "A", text: "here" }];
  const shown = (detail: string): string =>
    formatNoticeMessages(
      noticeOf({
        kind: "questions",
        questions: [{ id: "Q1", title: "x", detail, options, line: 1 }],
      }),
    )
      .flatMap(({ spans }) => spans.map(({ text }) => text))
      .join("");
  expect(shown("because")).toContain("Q1: x\nbecause\nA) here");
  expect(shown("y".repeat(1000))).toContain(`x\n${"y".repeat(1000)}\nA) here`);
  expect(shown("y".repeat(1001))).toContain(`x\n${"y".repeat(999)}…\nA) here`);
});

it("says how many questions are not shown where there are far too many", () => {
  const questions = Array.from({ length: 40 }, (_, index) => ({
    id: `Q${index + 1}`,
    title: "x".repeat(1000),
    options: [{ letter: "A", text: "y".repeat(1000) }],
    line: 1,
  }));
  const messages = formatNoticeMessages(noticeOf({ kind: "questions", questions }));
  expect(messages).toHaveLength(8);
  expect(messages.at(-1)?.spans.at(-1)?.text).toContain("and 32 more: see _qa.md");
});

it.each<[NoticeContent, string[][]]>([
  [{ kind: "approval" }, [["Approve", "Reject…"]]],
  [{ kind: "blocked", reason: "x", needs: "clarification" }, [["Resume", "Resume with a note…"]]],
  [{ kind: "action", for: "file_update" }, [["Resume", "Resume with a note…"]]],
  [{ kind: "questions", questions: [] }, [["Resume", "Resume with a note…"]]],
  [{ kind: "limited", until: 0 }, [["Try now", "Stop"]]],
  [{ kind: "working" }, [["Stop"]]],
  [{ kind: "done" }, []],
  [{ kind: "failed" }, []],
  [{ kind: "paused" }, []],
])("offers what a person can decide: %o", (each, rows) => {
  expect(labels(noticeOf(each))).toEqual([rows]);
});

it("leaves out a button whose data is too long, and keeps the others", () => {
  const id = `Q${"1".repeat(50)}`;
  const questions = [
    { id, title: "a", options: [{ letter: "A", text: "x" }], line: 1 },
    { id: "Q2", title: "b", options: [], line: 1 },
  ];
  expect(labels(noticeOf({ kind: "questions", questions }))).toEqual([[["Q2 ✎"]]]);
});

const plan = (head: string, isCut = false) =>
  noticeOf({ kind: "approval", plan: { file: "01-15-plan.md", hash: "0", head, isCut } });
const textsOf = (notice: Notice): string[] =>
  formatNoticeMessages(notice).map(({ spans }) => spans.map(({ text }) => text).join(""));

describe("a plan", () => {
  it("is one message, with its file and its figures", () => {
    expect(textsOf(plan("# Plan\n- [ ] do it"))).toEqual([
      "login: waits for approval of the plan\n\n01-15-plan.md\nPlan\n☐ do it\nphase planning, iteration 3, $0.50",
    ]);
    expect(labels(plan("x"))).toEqual([[["Approve", "Reject…"]]]);
  });

  it("says so if it is empty", () => {
    expect(textsOf(plan(""))).toEqual([
      "login: waits for approval of the plan\n\n01-15-plan.md\n\nphase planning, iteration 3, $0.50",
    ]);
    expect(labels(plan(""))).toEqual([[["Approve", "Reject…"]]]);
  });

  it("is told whole in several messages, with the buttons below the last one", () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index}: ${"x".repeat(20)}`);
    const shown = textsOf(plan(lines.join("\n")));
    expect(shown).toHaveLength(3);
    for (const line of lines) expect(shown.join("\n")).toContain(line);
    expect(shown[1]).toMatch(/^login: the plan continues\n/);
    expect(shown[2]).not.toContain("not the whole plan");
    expect(labels(plan(lines.join("\n")))).toEqual([[], [], [["Approve", "Reject…"]]]);
  });

  it("is shown whole up to 24,000 characters, however much stands above it", () => {
    const lines = Array.from({ length: 300 }, (_, index) => String(index).padEnd(79, "x"));
    const testChanges = Array.from({ length: 9 }, () => "y".repeat(200));
    const head = lines.join("\n");
    const file = "z".repeat(400);
    const notice = noticeOf({
      kind: "approval",
      plan: { file, hash: "0", head, isCut: false },
      lapsedBy: "w".repeat(200),
      testChanges,
    });
    const shown = textsOf(notice);
    expect(head).toHaveLength(23_999);
    expect(shown.join("\n")).not.toContain("not the whole plan");
    for (const line of lines) expect(shown.join("\n")).toContain(line);
    expect(shown.at(-1)).toMatch(/\nphase planning, iteration 3, \$0\.50$/);
  });

  it("says above itself what was done to the tests, cut if that is long", () => {
    const plan = { file: "p.md", hash: "0", head: "do it", isCut: false };
    const said = (...testChanges: readonly string[]) =>
      textsOf(noticeOf({ kind: "approval", plan, testChanges }))[0];
    expect(said("a was removed", "b was emptied")).toContain(
      "\n\nThe tests were changed: a was removed; b was emptied\np.md\ndo it\n",
    );
    expect(said("a".repeat(476))).toContain(`: ${"a".repeat(476)}\np.md`);
    expect(said("a".repeat(477))).toContain(`: ${"a".repeat(475)}…\np.md`);
  });

  it("says that there is more, if there is", () => {
    expect(textsOf(plan("a", true)).at(-1)).toContain("This is not the whole plan: read the rest");
    const far = textsOf(plan("x".repeat(40_000)));
    expect(far).toHaveLength(8);
    expect(far.at(-1)).toContain("This is not the whole plan");
  });
});
