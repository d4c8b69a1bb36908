import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { secret } from "@samocode/channels/plugin";
import { checkTelegram } from "../src/telegram-check.ts";

const usualToken = "123456:a-token-that-nobody-may-see";

/** A Bot API on loopback that answers what it is told to, method by method. */
async function createBotApi(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response: ServerResponse) => {
    const [, method = ""] = /^\/bot[^/]+\/(\w+)/.exec(url) ?? [];
    asked.push(method);
    const answer = answers[method];
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => new Promise((closed) => server.close(closed)),
    [Symbol.asyncDispose]: async () => {
      await new Promise((closed) => server.close(closed));
    },
  };
}

const check = async (telegramApiRoot: string, token = usualToken) => {
  const parsed = secret().parse(token, { folder: "/", home: "/" });
  if (!("value" in parsed)) throw new Error("the token is one word");
  const found = await checkTelegram({
    telegramBotToken: parsed.value,
    telegramChatId: "42",
    telegramApiRoot,
  });
  expect(JSON.stringify(found)).not.toContain(token);
  return found;
};

const bot = { ok: true, result: { username: "ada_bot" } };

it("says that the bot may write to the chat, and sends nothing", async () => {
  await using api = await createBotApi({ getMe: bot, getChat: { ok: true, result: {} } });
  expect(await check(api.url)).toMatchObject({ state: "ok", found: "@ada_bot may write to 42" });
  expect(api.asked).toEqual(["getMe", "getChat"]);
});

it.each<[string, Record<string, unknown>, string, string, string]>([
  [
    "a token that Telegram does not know",
    { getMe: { ok: false, description: `Unauthorized: ${usualToken}` } },
    "fault",
    "does not know the bot: Unauthorized: ***",
    "TELEGRAM_BOT_TOKEN",
  ],
  [
    "a chat that the bot is not in",
    { getMe: bot, getChat: { ok: false, description: "Bad Request: chat not found" } },
    "fault",
    "@ada_bot may not write to 42: Bad Request: chat not found",
    "TELEGRAM_CHAT_ID",
  ],
  [
    "a page of something else",
    { getMe: "<html>" },
    "warning",
    "its answer is not JSON",
    "Sessions",
  ],
])("tells of %s what to do", async (_, answers, state, found, cure) => {
  await using api = await createBotApi(answers);
  expect(await check(api.url)).toMatchObject({
    state,
    found: expect.stringContaining(found),
    cure: expect.stringContaining(cure),
  });
});

it("tells why Telegram cannot be reached", async () => {
  const api = await createBotApi({});
  await api.close();
  const { state, found } = await check(api.url);
  expect(state).toBe("warning");
  expect(found).toContain("ECONNREFUSED");
});

it.each(["getMe", "getChat"])("hides a token of any length in the answer to %s", async (method) => {
  const refusal = { ok: false, description: "Unauthorized: 1:ab" };
  await using api = await createBotApi({ getMe: bot, [method]: refusal });
  expect((await check(api.url, "1:ab")).found).toContain("Unauthorized: ***");
});
