import { expect, it } from "vitest";
import { createTelegramApi, parseTelegramHtml, type TelegramApi } from "../src/index.ts";

const ada = { id: 42, first_name: "Ada", username: "ada" };

interface Reply {
  readonly status: number;
  readonly body: { ok: boolean; result?: unknown; description?: string; parameters?: unknown };
}

const call = async (
  { url, token }: TelegramApi,
  method: string,
  payload: object = {},
): Promise<Reply> => {
  const response = await fetch(`${url}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
  return { status: response.status, body: (await response.json()) as Reply["body"] };
};
const send = async (api: TelegramApi, text: string, more: object = {}): Promise<Reply> =>
  call(api, "sendMessage", { chat_id: 42, text, parse_mode: "HTML", ...more });
const keyboard = (text: string, data: string): object => ({
  reply_markup: { inline_keyboard: [[{ text, callback_data: data }]] },
});
const fetchIds = async (api: TelegramApi, payload: object): Promise<unknown> => {
  const { body } = await call(api, "getUpdates", payload);
  return (body.result as { update_id: number }[]).map(({ update_id: id }) => id);
};

it("shows a message as a person sees it", async () => {
  await using api = await createTelegramApi();
  expect(await send(api, "<b>a &lt; b</b> &amp; <code>c</code>")).toMatchObject({ status: 200 });
  expect(api.messages()).toMatchObject([
    {
      text: "a < b & c",
      entities: [
        { type: "bold", offset: 0, length: 5 },
        { type: "code", offset: 8, length: 1 },
      ],
    },
  ]);
});

it.each([
  ["<b>open", "Can't find end tag"],
  ["<b><i>x</b></i>", "Unmatched end tag"],
  ["a & b", "unescaped"],
  ["a &nbsp; b", "unescaped"],
  ["<br>", "Unsupported start tag"],
  ["1 < 2", "Unsupported start tag"],
  ["a > b", "unescaped"],
  ["&#xD800;", "unescaped"],
])("refuses %s, for the real one would, or nobody meant it", (html, why) => {
  expect(() => parseTelegramHtml(html)).toThrow(why);
});

it.each([
  ["", {}, "message text is empty"],
  ["<b> </b>", {}, "message text is empty"],
  ["x".repeat(4097), {}, "message is too long"],
  ["x\uD800", {}, "must be encoded in UTF-8"],
  ["x", keyboard("", "a"), "BUTTON_TEXT_INVALID"],
  ["x", keyboard("a", ""), "BUTTON_DATA_INVALID"],
  ["x", keyboard("a", "é".repeat(33)), "BUTTON_DATA_INVALID"],
  ["x", { chat_id: 7 }, "chat not found"],
  ["x", { parse_mode: undefined, entities: [{ type: "bold", offset: 1, length: 1 }] }, "entity"],
])("refuses a message that the real one refuses: %#", async (text, more, why) => {
  await using api = await createTelegramApi();
  const { status, body } = await send(api, text, more);
  expect(status).toBe(400);
  expect(body.description).toContain(why);
  expect(api.messages()).toEqual([]);
});

it("takes a message of exactly the greatest length, counted without its markup", async () => {
  await using api = await createTelegramApi();
  expect(await send(api, `<b>${"&amp;".repeat(4096)}</b>`)).toMatchObject({ status: 200 });
});

it("keeps updates until a later one is asked for", async () => {
  await using api = await createTelegramApi();
  const member = api.member(ada);
  member.say("one");
  member.say("two");
  expect(await fetchIds(api, { offset: 0 })).toEqual([1001, 1002]);
  expect(await fetchIds(api, { offset: 0, limit: 1 })).toEqual([1001]);
  expect(await fetchIds(api, { offset: 1002 })).toEqual([1002]);
  expect(await fetchIds(api, { offset: 0 })).toEqual([1002]);
  api.passADay();
  expect(await fetchIds(api, { offset: 0 })).toEqual([]);
});

it("holds a long poll back until something happens, and ends it for another one", async () => {
  await using api = await createTelegramApi();
  const first = call(api, "getUpdates", { timeout: 60 });
  await expect.poll(() => api.calls.length).toBe(1);
  const second = fetchIds(api, { timeout: 60 });
  expect(await first).toMatchObject({ status: 409 });
  api.member(ada).say("hello");
  expect(await second).toEqual([1001]);
});

it("tells a person who pressed a button what the bot answers, once", async () => {
  await using api = await createTelegramApi();
  await send(api, "x", keyboard("Go", "go"));
  const [message] = api.messages();
  if (message === undefined) throw new Error("no message");
  const told = api.member(ada).press(message, "Go");
  const { body } = await call(api, "getUpdates");
  const [update] = body.result as { callback_query: { id: string; data: string } }[];
  expect(update?.callback_query.data).toBe("go");
  const answer = { callback_query_id: update?.callback_query.id, text: "Gone.", show_alert: true };
  expect(await call(api, "answerCallbackQuery", answer)).toMatchObject({ status: 200 });
  expect(await told).toEqual({ text: "Gone.", isAlert: true });
  const { body: again } = await call(api, "answerCallbackQuery", answer);
  expect(again.description).toContain("query is too old");
});

it("edits its own messages only, and says where an edit changes nothing", async () => {
  await using api = await createTelegramApi();
  await send(api, "x");
  api.member(ada).say("mine");
  const edit = async (message_id: number, text: string): Promise<Reply> =>
    call(api, "editMessageText", { chat_id: 42, message_id, text });
  expect((await edit(1, "x")).body.description).toContain("message is not modified");
  expect(await edit(1, "y")).toMatchObject({ status: 200 });
  expect((await edit(2, "z")).body.description).toContain("not found");
  expect(api.messages()).toMatchObject([{ text: "y", edits: 1 }, { text: "mine" }]);
});

it("goes wrong as it is told, in order, and then no more", async () => {
  await using api = await createTelegramApi();
  api.fail({ do: "limit", method: "sendMessage", retryAfterS: 3 });
  api.fail({ do: "refuse", method: "sendMessage", status: 500, description: "Internal" });
  api.fail({ do: "cut", method: "sendMessage", carriedOut: true });
  api.fail({ do: "html", method: "getMe", status: 502 });
  expect(await send(api, "a")).toMatchObject({
    status: 429,
    body: { ok: false, parameters: { retry_after: 3 } },
  });
  expect(await send(api, "b")).toMatchObject({ status: 500 });
  await expect(send(api, "c")).rejects.toThrow("fetch failed");
  await expect(call(api, "getMe")).rejects.toThrow("JSON");
  expect(await send(api, "d")).toMatchObject({ status: 200 });
  expect(api.messages().map(({ text }) => text)).toEqual(["c", "d"]);
  api.fail({ do: "limit", retryAfterS: 1, skip: 1 });
  expect(await call(api, "getMe")).toMatchObject({ status: 200 });
  expect(await call(api, "getMe")).toMatchObject({ status: 429 });
  api.fail({ do: "hang", times: 9 });
  api.heal();
  expect(await call(api, "getMe")).toMatchObject({ status: 200 });
  expect(await call({ ...api, token: "1:x" }, "getMe")).toMatchObject({ status: 401 });
});
