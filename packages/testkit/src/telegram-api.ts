import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { TelegramRefusal, type TelegramPayload } from "./telegram-message.ts";
import {
  createTelegramWorld,
  type TelegramAnswer,
  type TelegramMessage,
  type TelegramPerson,
  type TelegramUpdate,
} from "./telegram-world.ts";

/** Something that goes wrong with the next calls. */
export type TelegramFault = {
  /** @default every method */
  readonly method?: string;
  /** @default 1 */
  readonly times?: number;
  /** Calls that go right before. @default 0 */
  readonly skip?: number;
} & (
  | { readonly do: "refuse"; readonly status: number; readonly description: string }
  | { readonly do: "limit"; readonly retryAfterS: number }
  /** Never answers. */
  | { readonly do: "hang" }
  /** Closes the connection without an answer; `carriedOut` if the call had its effect all the same. */
  | { readonly do: "cut"; readonly carriedOut?: boolean }
  /** Answers like a proxy that has no Bot API behind it. */
  | { readonly do: "html"; readonly status: number }
);

/** One call of the bot. */
export interface TelegramCall {
  readonly method: string;
  readonly payload: TelegramPayload;
}

/** A person of a chat, and what they can do. */
export interface TelegramMember {
  readonly person: TelegramPerson;
  /**
   * Writes a message, or replies to one. Other than a text it is what the Bot API has in a message, such as a
   * `sticker`; with an `edit_date` it is an edit.
   */
  readonly say: (content: string | TelegramPayload, replyTo?: TelegramMessage) => void;
  /**
   * Presses the button of this name, or sends this data.
   *
   * @returns What the person is told; forever pending where the bot says nothing
   */
  readonly press: (message: TelegramMessage, label: string) => Promise<TelegramAnswer>;
}

export interface TelegramApiOptions {
  /** @default a token like that of a real bot */
  readonly token?: string;
  /** The chats that the bot can write to. @default [42] */
  readonly chats?: readonly number[];
  /** Chats that have a name, such as `{ "@team": -100 }`. @default none */
  readonly names?: Readonly<Record<string, number>>;
}

/** A Bot API on loopback. */
export interface TelegramApi extends AsyncDisposable {
  /** For `TELEGRAM_API_ROOT`. */
  readonly url: string;
  readonly token: string;
  /** All calls, in order, those that failed included. */
  readonly calls: readonly TelegramCall[];
  /** The messages of a chat as they are now, oldest first. @default chat 42 */
  readonly messages: (chatId?: number) => readonly TelegramMessage[];
  /** A person in a chat, whether or not the bot is meant to hear them. */
  readonly member: (person: TelegramPerson, chatId?: number) => TelegramMember;
  /** Lets the next calls go wrong. Faults of one method are taken in order. */
  readonly fail: (fault: TelegramFault) => void;
  /** Takes away all faults that are left. */
  readonly heal: () => void;
  /** The updates that the bot has not confirmed. */
  readonly pending: () => readonly TelegramUpdate[];
  /** How many polls were ended because another one began. */
  readonly conflicts: () => number;
  /** What 24 hours do: updates and queries that nobody fetched are gone. */
  readonly passADay: () => void;
  /** Cuts all connections and stops to listen; a second call does nothing. */
  readonly close: () => Promise<void>;
}

/** Not a bot of anybody's. */
const exampleToken = "7100000042:AAExampleExampleExampleExampleExample";

/**
 * Open a Bot API on 127.0.0.1: messages with the limits and the HTML of the real one, buttons, and long polling of
 * updates with its offsets and its conflicts.
 *
 * @example
 * await using telegram = await createTelegramApi();
 * const ada = telegram.member({ id: 42, first_name: "Ada" });
 */
export async function createTelegramApi(options: TelegramApiOptions = {}): Promise<TelegramApi> {
  const { token = exampleToken, chats = [42], names = {} } = options;
  const bot = { id: Number(token.split(":")[0]), first_name: "Bot", username: "samocode_test_bot" };
  const world = createTelegramWorld(bot, { ids: chats, names });
  const calls: TelegramCall[] = [];
  let faults: TelegramFault[] = [];
  let conflicts = 0;
  let poll: { readonly end: (conflict: boolean) => void } | undefined;

  const takeFault = (method: string): TelegramFault | undefined => {
    const index = faults.findIndex((each) => each.method === undefined || each.method === method);
    const fault = faults[index];
    if (fault === undefined) return undefined;
    const { skip = 0 } = fault;
    if (skip > 0) {
      faults[index] = { ...fault, skip: skip - 1 };
      return undefined;
    }
    const left = (fault.times ?? 1) - 1;
    faults = faults.flatMap((each, at) =>
      at !== index ? [each] : left > 0 ? [{ ...fault, times: left }] : [],
    );
    return fault;
  };

  const getUpdates = async (
    payload: TelegramPayload,
    response: ServerResponse,
  ): Promise<readonly TelegramUpdate[]> => {
    const offset = Number(payload["offset"] ?? 0);
    const limit = Number(payload["limit"] ?? 100);
    const timeoutS = Number(payload["timeout"] ?? 0);
    poll?.end(true);
    if (offset > 0) {
      const confirmed = world.updates.filter(({ update_id: id }) => id < offset).length;
      world.updates.splice(0, confirmed);
    }
    if (world.updates.length === 0 && timeoutS > 0) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => poll?.end(false), 1000 * timeoutS);
        const end = (conflict: boolean): void => {
          clearTimeout(timer);
          poll = undefined;
          const words = "Conflict: terminated by other getUpdates request";
          if (conflict) conflicts++;
          if (conflict) reject(new TelegramRefusal(409, words));
          else resolve();
        };
        poll = { end };
        response.once("close", () => {
          if (poll?.end === end) end(false);
        });
      });
    }
    return world.updates.slice(0, limit);
  };
  world.onUpdate(() => poll?.end(false));

  const carryOut = async (
    { method, payload }: TelegramCall,
    response: ServerResponse,
  ): Promise<unknown> => {
    if (method === "getUpdates") return getUpdates(payload, response);
    const known = world.methods[method];
    if (known === undefined) throw new TelegramRefusal(404, "Not Found: method not found");
    return known(payload);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, given, method = "", query] =
      /^\/bot([^/]+)\/(\w+)(?:\?(.*))?$/.exec(request.url ?? "") ?? [];
    const body = parsePayload(await readBody(request));
    const payload = { ...Object.fromEntries(new URLSearchParams(query)), ...body };
    const call = { method, payload };
    calls.push(call);
    const fault = takeFault(method);
    if (fault?.do === "hang") return;
    if (fault?.do === "cut") {
      if (fault.carriedOut === true) await carryOut(call, response);
      request.socket.destroy();
      return;
    }
    if (fault?.do === "html") {
      response.writeHead(fault.status, { "content-type": "text/html" });
      response.end("<html><body><h1>502 Bad Gateway</h1></body></html>");
      return;
    }
    if (fault?.do === "refuse") throw new TelegramRefusal(fault.status, fault.description);
    if (fault?.do === "limit") {
      const words = `Too Many Requests: retry after ${fault.retryAfterS}`;
      throw new TelegramRefusal(429, words, fault.retryAfterS);
    }
    if (given !== token) throw new TelegramRefusal(401, "Unauthorized");
    send(response, 200, { ok: true, result: await carryOut(call, response) });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      const {
        status = 500,
        message,
        retryAfter,
      } = error instanceof TelegramRefusal
        ? error
        : { message: String(error), status: 500, retryAfter: undefined };
      send(response, status, {
        ok: false,
        error_code: status,
        description: message,
        ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }),
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    poll?.end(false);
    server.closeAllConnections();
    await closed;
  };

  return {
    url: `http://127.0.0.1:${String(port)}`,
    token,
    calls,
    messages: (chatId = 42) => world.messages.filter((each) => each.chatId === chatId),
    member: (person, chatId = 42) => ({
      person,
      say: (content, replyTo) => world.say(person, chatId, content, replyTo),
      press: async (message, label) => {
        const button = message.keyboard.flat().find(({ text }) => text === label);
        return world.press(person, message, button?.callback_data ?? label);
      },
    }),
    fail: (fault) => void faults.push(fault),
    heal: () => void (faults = []),
    conflicts: () => conflicts,
    pending: () => [...world.updates],
    passADay: () => {
      world.updates.length = 0;
      world.forgetQueries();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function send(response: ServerResponse, status: number, content: unknown): void {
  const body = JSON.stringify(content);
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}

function parsePayload(body: Buffer): TelegramPayload {
  return body.length === 0 ? {} : (JSON.parse(body.toString("utf8")) as TelegramPayload);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
