import { inspect } from "node:util";
import { formatNotice, formatNoticeTitle, type Notice, type NoticeContent } from "@samocode/core";
import { createTelegramApi, type TelegramApi, type TelegramFault } from "@samocode/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTelegramChannel, TelegramError } from "../src/index.ts";
import { toTelegramError } from "../src/telegram-error.ts";

const never = new AbortController().signal;
const secret = "AAExampleExampleExampleExampleExample";

const noticeOf = (content: NoticeContent, id = "noticeid00"): Notice => {
  const words = { ...content, session: "login", phase: "planning", iteration: 3, costUsd: 0.5 };
  const title = formatNoticeTitle(words);
  return { ...words, id, sessionId: "s", folder: "/", title, text: formatNotice(words) };
};
const channelOf = ({ token, url }: TelegramApi, chatId = "42") =>
  createTelegramChannel({ token, chatId, apiRoot: url });
const manyQuestions = noticeOf({
  kind: "questions",
  questions: Array.from({ length: 6 }, (_, index) => ({
    id: `Q${index + 1}`,
    title: "x".repeat(900),
    options: [{ letter: "A", text: "yes" }],
    line: 1,
  })),
});

/** What telling fails with. */
async function failureOf(fault: TelegramFault): Promise<TelegramError> {
  await using api = await createTelegramApi();
  api.fail(fault);
  const error: unknown = await Promise.resolve(
    channelOf(api).tell(noticeOf({ kind: "done" }), never),
  ).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(TelegramError);
  expect(inspect(error, { depth: 9 })).not.toContain(secret);
  return error as TelegramError;
}

const refuse = (status: number, description: string): TelegramFault => ({
  do: "refuse",
  status,
  description,
});

describe("what is wrong with Telegram is said with what to do, and never with the token", () => {
  it.each<[TelegramFault, string]>([
    [refuse(401, "Unauthorized"), "set TELEGRAM_BOT_TOKEN to the token from @BotFather"],
    [refuse(404, "Not Found"), "set TELEGRAM_BOT_TOKEN to the token from @BotFather"],
    [refuse(409, "Conflict: terminated by other getUpdates"), "another program is listening"],
    [refuse(409, "Conflict: can't use getUpdates while webhook is active"), "has a webhook"],
    [refuse(403, "Forbidden: bot was blocked by the user"), "write to it first"],
    [refuse(400, "Bad Request: chat not found"), "the chat in TELEGRAM_CHAT_ID"],
    [refuse(500, `Internal ${secret}`), "Telegram refused the request (500: Internal ***)"],
    [{ do: "limit", retryAfterS: 7 }, "Telegram asks to slow down"],
    [{ do: "cut" }, "cannot be reached"],
    [{ do: "html", status: 502 }, "did not answer like a Bot API server"],
  ])("%o", async (fault, words) => {
    expect((await failureOf(fault)).message).toContain(words);
  });

  it("also if nothing listens at all", async () => {
    const api = await createTelegramApi();
    await api.close();
    const telling = Promise.resolve(channelOf(api).tell(noticeOf({ kind: "done" }), never));
    await expect(telling).rejects.toThrow(/^127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED$/);
  });

  it("whatever an error says", () => {
    const place = { token: `7100000042:${secret}`, apiRoot: "https://api.telegram.org" };
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, isWhole) => {
        const said = `${before}${isWhole ? place.token : secret}${after}`;
        const { message } = toTelegramError(new Error(said), place);
        expect(message).not.toContain(secret);
      }),
    );
  });
});

it("says how long Telegram wants to be left alone, and for a wrong token a long time", async () => {
  expect(await failureOf({ do: "limit", retryAfterS: 7 })).toMatchObject({ retryAfterMs: 7000 });
  expect(await failureOf(refuse(401, "Unauthorized"))).toMatchObject({ retryAfterMs: 3_600_000 });
  expect((await failureOf(refuse(500, "Internal"))).retryAfterMs).toBeUndefined();
});

it("ends a call that hangs when it is told to", async () => {
  await using api = await createTelegramApi();
  api.fail({ do: "hang" });
  const cancel = new AbortController();
  const telling = Promise.resolve(channelOf(api).tell(noticeOf({ kind: "done" }), cancel.signal));
  await expect.poll(() => api.calls.length).toBe(1);
  cancel.abort();
  await expect(telling).rejects.toThrow("did not answer in time");
});

it("sends of a notice in several messages only what was not sent", async () => {
  await using api = await createTelegramApi();
  const { tell } = channelOf(api);
  api.fail({ do: "refuse", method: "sendMessage", status: 500, description: "Internal", skip: 1 });
  await expect(Promise.resolve(tell(manyQuestions, never))).rejects.toThrow("Internal");
  expect(api.messages()).toHaveLength(1);
  await tell(manyQuestions, never);
  const texts = api.messages().map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (let number = 1; number <= 6; number++) {
    expect(texts.filter((text) => text.includes(`Q${number}: x`))).toHaveLength(1);
  }
});

it("takes the buttons of a notice away when the session is elsewhere", async () => {
  await using api = await createTelegramApi();
  const { tell } = channelOf(api);
  await tell(manyQuestions, never);
  const asked = api.messages().length;
  await tell({ ...manyQuestions, reminder: true }, never);
  expect(api.messages().filter(({ keyboard }) => keyboard.length > 0)).toHaveLength(2 * asked);
  await tell(noticeOf({ kind: "blocked", reason: "x", needs: "clarification" }, "another"), never);
  const left = api.messages().filter(({ keyboard }) => keyboard.length > 0);
  expect(left.map(({ text }) => text.split("\n")[0])).toContain("login: blocked");
  expect(left).toHaveLength(asked + 1);
});

it("writes quietly of what no person needs to act on", async () => {
  await using api = await createTelegramApi();
  const { tell } = channelOf(api);
  await tell(noticeOf({ kind: "limited", until: 0 }), never);
  await tell(noticeOf({ kind: "approval" }, "other"), never);
  const sent = api.calls.filter(({ method }) => method === "sendMessage");
  expect(sent.map(({ payload }) => payload["disable_notification"])).toEqual([true, undefined]);
});

it("fetches no page of a link that an agent writes", async () => {
  await using api = await createTelegramApi();
  await channelOf(api).tell(noticeOf({ kind: "done", summary: "http://evil.example/x" }), never);
  expect(api.calls[0]?.payload).toMatchObject({ link_preview_options: { is_disabled: true } });
});
