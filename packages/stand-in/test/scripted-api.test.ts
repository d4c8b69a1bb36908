import { expect, test } from "vitest";

import {
  createScriptedApi,
  cutAfterHeaders,
  cutBeforeHeaders,
  cutMidStream,
  delay,
  hang,
  message,
  raw,
  type ScriptedApi,
  scriptedConversation,
  status,
  streamError,
  text,
  thinking,
  toolUse,
} from "../src/index.ts";

const BODY = {
  model: "claude-opus-5-5",
  max_tokens: 32_000,
  system: [{ type: "text", text: "You plan." }],
  messages: [{ role: "user", content: "hello" }],
  tools: [{ name: "Bash" }],
};

function post(api: ScriptedApi, changes: object = {}, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ ...BODY, ...changes });
  return fetch(`${api.url}/v1/messages?beta=true`, { method: "POST", body, headers });
}

/** Read server-sent events; those of a cut stream up to the cut. */
async function readEvents(response: Response) {
  const decoder = new TextDecoder();
  let all = "";
  let cut = false;
  try {
    for await (const part of response.body ?? []) all += decoder.decode(part);
  } catch {
    cut = true;
  }
  const events = [...all.matchAll(/^data: (.*)$/gm)].map(
    ([, json]) => JSON.parse(json ?? "") as { type: string; [key: string]: unknown },
  );
  return { cut, events, types: events.map(({ type }) => type) };
}

/** A conversation in which the model has said this. */
const said = (...texts: string[]) => ({
  messages: [
    { role: "user", content: "x" },
    ...texts.flatMap((content) => [
      { role: "assistant", content },
      { role: "user", content: "go on" },
    ]),
  ],
});

/** The types of the events of one block. */
const block = (deltas: number) => [
  "content_block_start",
  ...repeat(deltas, "content_block_delta"),
  "content_block_stop",
];

const repeat = (count: number, type: string) => Array.from({ length: count }, () => type);

test("an answer comes as one document, with ids for tool calls and the usage that was told", async () => {
  await using api = await createScriptedApi(() =>
    message([text("a"), toolUse("Bash", { command: "ls" })], { usage: { input_tokens: 7 } }),
  );
  expect(await (await post(api)).json()).toEqual({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-opus-5-5",
    content: [
      { type: "text", text: "a" },
      { type: "tool_use", id: "toolu_1_1", name: "Bash", input: { command: "ls" } },
    ],
    stop_reason: "tool_use",
    stop_sequence: null,
    usage: {
      input_tokens: 7,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 20,
    },
  });
});

test("a stream brings the same answer in the events of the API", async () => {
  await using api = await createScriptedApi(() => [
    thinking("hmm"),
    text("Hello"),
    toolUse("Bash", { command: "ls" }),
  ]);
  const { cut, events, types } = await readEvents(await post(api, { stream: true }));
  expect(cut).toBe(false);
  expect(types).toEqual([
    "message_start",
    ...block(4),
    ...block(3),
    ...block(3),
    "message_delta",
    "message_stop",
  ]);
  const deltas = events.map(({ delta }) => (delta ?? {}) as Record<string, string>);
  expect(deltas.map((delta) => delta["text"] ?? "").join("")).toBe("Hello");
  expect(deltas.map((delta) => delta["partial_json"] ?? "").join("")).toBe('{"command":"ls"}');
  expect(events.at(-2)).toMatchObject({
    delta: { stop_reason: "tool_use" },
    usage: { output_tokens: 20 },
  });
});

test("requests are recorded as they came, and the script sees their parts", async () => {
  await using api = await createScriptedApi(({ prompt, system }) =>
    text(`${prompt} ${String(system[0]?.text)}`),
  );
  const content = [
    { type: "text", text: "<system-reminder>\nx\n</system-reminder>" },
    { type: "text", text: "Phase: planning" },
  ];
  const response = await post(
    api,
    { messages: [{ role: "user", content }] },
    {
      "x-claude-code-session-id": "s1",
      "x-claude-code-agent-id": "a1",
    },
  );
  expect(await response.json()).toMatchObject({ content: [{ text: "Phase: planning You plan." }] });
  expect(api.requests).toMatchObject([
    { number: 1, turn: 0, sessionId: "s1", agentId: "a1", stream: false },
  ]);
  const [request] = api.requests;
  expect(request?.body.toString()).toBe(
    JSON.stringify({ ...BODY, messages: [{ role: "user", content }] }),
  );
});

test("a listed conversation answers by turn: a repeated request gets the same reply", async () => {
  await using api = await createScriptedApi(
    scriptedConversation([text("one"), status(529), text("three")], [text("sub")]),
  );
  const first = { content: [{ text: "one" }] };
  expect(await (await post(api, said())).json()).toMatchObject(first);
  expect(await (await post(api, said())).json()).toMatchObject(first);
  expect((await post(api, said("one"))).status).toBe(529);
  // The CLI fills the place of an answer that a kill prevented.
  expect((await post(api, said("one", "No response requested."))).status).toBe(529);
  expect(await (await post(api, said("one", "two"))).json()).toMatchObject({
    content: [{ text: "three" }],
  });
  const behind = await post(api, said("one", "two", "three"));
  expect([behind.status, await behind.text()]).toEqual([
    400,
    expect.stringContaining("before turn 3"),
  ]);
  const sub = await post(api, said(), { "x-claude-code-agent-id": "a1" });
  expect(await sub.json()).toMatchObject({ content: [{ text: "sub" }] });
});

test("a script that throws ends the run with its message", async () => {
  await using api = await createScriptedApi(() => {
    throw new Error("no such phase");
  });
  const response = await post(api);
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining("no such phase"),
  ]);
});

test("errors have the status, type and headers that were told", async () => {
  await using api = await createScriptedApi(({ stream }) =>
    stream ? streamError(529) : status(429, { "retry-after": "3600" }),
  );
  const response = await post(api);
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "3600"]);
  expect(await response.json()).toMatchObject({ error: { type: "rate_limit_error" } });
  const { events } = await readEvents(await post(api, { stream: true }));
  expect(events.at(-1)).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
});

test("a page of a proxy is sent as it is", async () => {
  await using api = await createScriptedApi(() => raw("text/html", "<h1>Log in</h1>"));
  expect(await (await post(api)).text()).toBe("<h1>Log in</h1>");
});

test("connections are cut before the headers, after them, in a block and behind a block", async () => {
  const blocks = [text("a whole block"), text("a block that is cut")];
  const replies = [
    cutBeforeHeaders(),
    cutAfterHeaders(),
    cutMidStream(blocks),
    cutMidStream(blocks, "after-block"),
  ];
  await using api = await createScriptedApi(({ number }) => replies[number - 1] ?? text("end"));
  await expect(post(api, { stream: true })).rejects.toThrow("fetch failed");
  const headers = await readEvents(await post(api, { stream: true }));
  expect([headers.cut, headers.types]).toEqual([true, []]);
  const middle = await readEvents(await post(api, { stream: true }));
  expect([middle.cut, middle.types.filter((type) => type === "content_block_stop")]).toEqual([
    true,
    ["content_block_stop"],
  ]);
  expect(middle.types.at(-1)).toBe("content_block_delta");
  const behind = await readEvents(await post(api, { stream: true }));
  expect([behind.cut, behind.types.at(-1)]).toEqual([true, "content_block_stop"]);
});

test("a document is cut too: its body never comes", async () => {
  await using api = await createScriptedApi(() => cutMidStream(text("x")));
  const response = await post(api);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow("terminated");
});

test("a hanging reply is never sent, and closing the API ends it", async () => {
  const api = await createScriptedApi(() => hang());
  const answer = post(api);
  const quiet = await Promise.race([answer.then(() => "answered"), waitFor(100)]);
  expect(quiet).toBe("quiet");
  await api.close();
  await expect(answer).rejects.toThrow("fetch failed");
});

test("replies can be late, and pieces of a stream slow", async () => {
  await using api = await createScriptedApi(() =>
    delay(100, message(text("abc"), { pieceDelayMs: 50 })),
  );
  const start = Date.now();
  const response = await post(api, { stream: true });
  const headersMs = Date.now() - start;
  await readEvents(response);
  expect(headersMs).toBeGreaterThanOrEqual(95);
  expect(Date.now() - start).toBeGreaterThanOrEqual(240);
});

test("probes, counts and titles are answered without the script and kept apart", async () => {
  await using api = await createScriptedApi(() => {
    throw new Error("not for the script");
  });
  expect((await fetch(api.url, { method: "HEAD" })).status).toBe(200);
  const count = await fetch(`${api.url}/v1/messages/count_tokens`, { method: "POST", body: "{}" });
  expect(await count.json()).toEqual({ input_tokens: 1 });
  const title = await post(api, { model: "claude-haiku-4-5", tools: undefined });
  expect(title.status).toBe(200);
  const quota = await post(api, { max_tokens: 1, tools: undefined });
  expect(quota.status).toBe(200);
  expect((await fetch(`${api.url}/v1/models`)).status).toBe(404);
  expect(api.requests).toEqual([]);
  expect(api.sideRequests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "HEAD /",
    "POST /v1/messages/count_tokens",
    "POST /v1/messages",
    "POST /v1/messages",
    "GET /v1/models",
  ]);
});

async function waitFor(ms: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return "quiet";
}
