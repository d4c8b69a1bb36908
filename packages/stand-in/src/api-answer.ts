import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import type { Block, Cut, Reply, Usage } from "./api-reply.ts";
import type { ApiRequest } from "./api-request.ts";

type MessageReply = Extract<Reply, { kind: "message" }>;

const PIECES = 3;

/** Send a reply: as server-sent events when the request wants a stream, else as one document. */
export async function sendReply(
  reply: Reply,
  request: Pick<ApiRequest, "number" | "model" | "stream">,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("request-id", `req_${String(request.number)}`);
  if ("headers" in reply)
    for (const [name, value] of Object.entries(reply.headers ?? {}))
      response.setHeader(name, value);
  switch (reply.kind) {
    case "hang":
      return;
    case "delay":
      await sleep(reply.ms);
      return await sendReply(reply.reply, request, response);
    case "raw":
      response.writeHead(200, { "content-type": reply.contentType }).end(reply.body);
      return;
    case "error":
      return sendError(reply.status, reply, response);
    case "stream-error":
      if (!request.stream) return sendError(reply.status, reply, response);
      startStream(response);
      writeEvent(response, startMessage(request, {}));
      writeEvent(response, { type: "error", error: { type: reply.type, message: reply.message } });
      response.end();
      return;
    case "cut":
      return await sendAndCut(reply.at, reply.blocks, request, response);
    case "message":
      if (!request.stream) return sendDocument(200, formatMessage(reply, request), response);
      startStream(response);
      for (const event of formatEvents(reply, request)) {
        if (event["type"] === "content_block_delta") await sleep(reply.pieceDelayMs ?? 0);
        writeEvent(response, event);
      }
      response.end();
  }
}

/** Send a JSON document. */
export function sendDocument(status: number, document: unknown, response: ServerResponse): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(document));
}

/** Send an error document as the API words it. */
export function sendError(
  status: number,
  { type, message }: { readonly type: string; readonly message: string },
  response: ServerResponse,
): void {
  sendDocument(status, { type: "error", error: { type, message } }, response);
}

async function sendAndCut(
  at: Cut,
  blocks: readonly Block[],
  request: Pick<ApiRequest, "number" | "model" | "stream">,
  response: ServerResponse,
): Promise<void> {
  if (at !== "before-headers") {
    if (request.stream) startStream(response);
    // More is promised than is sent, so that the other side sees a cut and not an end.
    else response.writeHead(200, { "content-type": "application/json", "content-length": "9999" });
    response.flushHeaders();
    if (request.stream && at !== "after-headers") {
      const events = formatEvents({ kind: "message", blocks }, request);
      const last = events.findLastIndex(({ type }) => type === "content_block_stop");
      // In mid-block the last piece of the block is missing as well.
      const shown = events.slice(0, at === "mid-block" ? last - 1 : last + 1);
      for (const event of shown) writeEvent(response, event);
    }
    // What was sent just before a reset may be thrown away by the other side.
    await sleep(100);
  }
  response.socket?.destroy();
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
}

function writeEvent(response: ServerResponse, event: Readonly<Record<string, unknown>>): void {
  response.write(`event: ${String(event["type"])}\ndata: ${JSON.stringify(event)}\n\n`);
}

function formatMessage(reply: MessageReply, request: Pick<ApiRequest, "number" | "model">) {
  return {
    id: `msg_${String(request.number)}`,
    type: "message",
    role: "assistant",
    model: request.model,
    content: reply.blocks.map((block, index) => formatBlock(block, request.number, index)),
    stop_reason: findStopReason(reply),
    stop_sequence: null,
    usage: fillUsage(reply.usage),
  };
}

function formatBlock(block: Block, number: number, index: number): Record<string, unknown> {
  if (block.type === "thinking") return { ...block, signature: "scripted" };
  if (block.type === "text") return { ...block };
  return { ...block, id: `toolu_${String(number)}_${String(index)}` };
}

function startMessage(
  request: Pick<ApiRequest, "number" | "model">,
  usage: Usage,
): Record<string, unknown> {
  const reply = { kind: "message", blocks: [], usage: { ...usage, output_tokens: 1 } } as const;
  return {
    type: "message_start",
    message: { ...formatMessage(reply, request), stop_reason: null },
  };
}

function formatEvents(
  reply: MessageReply,
  request: Pick<ApiRequest, "number" | "model">,
): Record<string, unknown>[] {
  const { output_tokens: outputTokens } = fillUsage(reply.usage);
  return [
    startMessage(request, reply.usage ?? {}),
    ...reply.blocks.flatMap((block, index) => formatBlockEvents(block, request.number, index)),
    {
      type: "message_delta",
      delta: { stop_reason: findStopReason(reply), stop_sequence: null },
      usage: { output_tokens: outputTokens },
    },
    { type: "message_stop" },
  ];
}

function formatBlockEvents(block: Block, number: number, index: number): Record<string, unknown>[] {
  const whole = formatBlock(block, number, index);
  const [empty, deltas] = splitBlock(block, whole);
  return [
    { type: "content_block_start", index, content_block: empty },
    ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
    { type: "content_block_stop", index },
  ];
}

/** The block without its content, and the pieces that the content comes in. */
function splitBlock(
  block: Block,
  whole: Record<string, unknown>,
): [Record<string, unknown>, Record<string, unknown>[]] {
  switch (block.type) {
    case "text":
      return [
        { ...whole, text: "" },
        split(block.text).map((text) => ({ type: "text_delta", text })),
      ];
    case "thinking":
      return [
        { ...whole, thinking: "", signature: "" },
        [
          ...split(block.thinking).map((thinking) => ({ type: "thinking_delta", thinking })),
          { type: "signature_delta", signature: "scripted" },
        ],
      ];
    case "tool_use":
      return [
        { ...whole, input: {} },
        split(JSON.stringify(block.input)).map((json) => ({
          type: "input_json_delta",
          partial_json: json,
        })),
      ];
  }
}

function split(text: string): string[] {
  const size = Math.max(1, Math.ceil(text.length / PIECES));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function findStopReason({ stopReason, blocks }: MessageReply): string {
  return stopReason ?? (blocks.at(-1)?.type === "tool_use" ? "tool_use" : "end_turn");
}

function fillUsage(usage: Usage = {}): Required<Usage> {
  return {
    input_tokens: 10,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 20,
    ...usage,
  };
}
