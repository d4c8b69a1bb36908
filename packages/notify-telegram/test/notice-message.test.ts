import { formatNotice, formatNoticeTitle, type Notice, type NoticeContent } from "@samocode/core";
import { createTelegramApi } from "@samocode/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
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
