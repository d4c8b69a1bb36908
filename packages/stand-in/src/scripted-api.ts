import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { sendDocument, sendError, sendReply } from "./api-answer.ts";
import { error, message, type ReplyLike, text, toReply } from "./api-reply.ts";
import { type ApiRequest, parseRequest, type SideRequest } from "./api-request.ts";

/** Decides what the API answers to a request of the conversation. */
export type Script = (request: ApiRequest) => ReplyLike | Promise<ReplyLike>;

/** How a scripted API listens. */
export interface ScriptedApiOptions {
  /**
   * Port of 127.0.0.1.
   *
   * @default one that is free
   */
  readonly port?: number;
}

/** A Messages API on loopback that answers by a script. */
export interface ScriptedApi extends AsyncDisposable {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  /** All requests of conversations, in order; it grows while the API is open. */
  readonly requests: readonly ApiRequest[];
  /** What else was asked: probes, titles, counts of tokens. They are answered without the script. */
  readonly sideRequests: readonly SideRequest[];
  /** Cut all connections and stop listening; a second call does nothing. */
  close(): Promise<void>;
}

/**
 * Open a Messages API on 127.0.0.1 that answers the Claude CLI by a script.
 *
 * A script that throws is an answer too: HTTP 400 with its message, which ends the run of the CLI.
 *
 * @example
 * await using api = await createScriptedApi(({ turn }) =>
 *   turn === 0 ? toolUse("Bash", { command: "ls", description: "List" }) : text("Done."),
 * );
 */
export async function createScriptedApi(
  script: Script,
  options: ScriptedApiOptions = {},
): Promise<ScriptedApi> {
  const requests: ApiRequest[] = [];
  const sideRequests: SideRequest[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const method = request.method ?? "";
    const { pathname: path } = new URL(request.url ?? "/", "http://loopback");
    const parsed =
      method === "POST" && path === "/v1/messages"
        ? parseRequest(body, request.headers)
        : undefined;
    if (parsed === undefined) {
      sideRequests.push({ method, path, body });
      return await answerSide(method, path, body, response);
    }
    const recorded = { ...parsed, number: requests.length + 1 };
    requests.push(recorded);
    await sendReply(toReply(await play(script, recorded)), recorded, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      // The other side may be gone in mid-stream, for it is killed in tests.
      if (response.headersSent || response.destroyed) response.destroy();
      else sendError(400, { type: "invalid_request_error", message: String(cause) }, response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }
  return {
    url: `http://127.0.0.1:${String(port)}`,
    requests,
    sideRequests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * Script a conversation as a list: the reply to its first turn, to its second, and so on.
 *
 * The turn is counted in the request, so a repeated request gets the same reply again. A turn behind the last reply is an
 * error that ends the run of the CLI.
 *
 * @param subagent the same for each subagent that the conversation starts
 */
export function scriptedConversation(
  replies: readonly ReplyLike[],
  subagent: readonly ReplyLike[] = [text("Done.")],
): Script {
  return ({ turn, agentId }) => {
    const list = agentId === undefined ? replies : subagent;
    return list[turn] ?? error(400, "invalid_request_error", `the script ends before turn ${turn}`);
  };
}

async function play(script: Script, request: ApiRequest): Promise<ReplyLike> {
  try {
    return await script(request);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return error(400, "invalid_request_error", `the script failed: ${reason}`);
  }
}

async function answerSide(
  method: string,
  path: string,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  if (method === "HEAD") {
    response.writeHead(200).end();
  } else if (path === "/v1/messages/count_tokens") {
    sendDocument(200, { input_tokens: Math.ceil(body.length / 4) }, response);
  } else if (path === "/v1/messages") {
    const { model, stream } = JSON.parse(body.toString("utf8")) as {
      model: string;
      stream?: boolean;
    };
    const request = { number: 0, model, stream: stream === true };
    await sendReply(message(text('{"title": "A task"}')), request, response);
  } else {
    sendError(404, { type: "not_found_error", message: `nothing at ${method} ${path}` }, response);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
