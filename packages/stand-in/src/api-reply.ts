/** A block of an answer of the model. */
export type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly thinking: string }
  | {
      readonly type: "tool_use";
      readonly name: string;
      readonly input: Readonly<Record<string, unknown>>;
    };

/** Tokens of one answer, as the API counts them. */
export interface Usage {
  readonly input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
  readonly cache_read_input_tokens?: number;
  readonly output_tokens?: number;
}

/** What an answer has beside its blocks. */
export interface MessageOptions {
  /**
   * Tokens that the answer is charged with.
   *
   * @default 10 in, 20 out
   */
  readonly usage?: Usage;
  /** @default `tool_use` when the last block is a tool call, else `end_turn` */
  readonly stopReason?: string;
  /**
   * Pause before each piece of a block, when the answer is streamed.
   *
   * @default 0
   */
  readonly pieceDelayMs?: number;
  /** More headers, such as the rate limits of a subscription. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where a connection is cut. */
export type Cut = "before-headers" | "after-headers" | "mid-block" | "after-block";

/** What the scripted API answers to one request. */
export type Reply =
  | ({ readonly kind: "message"; readonly blocks: readonly Block[] } & MessageOptions)
  | {
      readonly kind: "error";
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** An error in the middle of a stream that began well; without a stream it is an HTTP error of this status. */
  | {
      readonly kind: "stream-error";
      readonly status: number;
      readonly type: string;
      readonly message: string;
    }
  | { readonly kind: "raw"; readonly contentType: string; readonly body: string }
  | { readonly kind: "cut"; readonly at: Cut; readonly blocks: readonly Block[] }
  | { readonly kind: "hang" }
  | { readonly kind: "delay"; readonly ms: number; readonly reply: Reply };

/** What a script may return: a reply, or only the blocks of an answer. */
export type ReplyLike = Reply | Block | readonly Block[];

/** An answer of text. */
export function text(value: string): Block {
  return { type: "text", text: value };
}

/** A thought of the model; it must not be the last block. */
export function thinking(value: string): Block {
  return { type: "thinking", thinking: value };
}

/** A call of a tool, such as `toolUse("Bash", { command: "ls", description: "List" })`. */
export function toolUse(name: string, input: Readonly<Record<string, unknown>>): Block {
  return { type: "tool_use", name, input };
}

/** An answer with its own usage, stop reason or pace. */
export function message(blocks: Block | readonly Block[], options: MessageOptions = {}): Reply {
  return { kind: "message", blocks: listBlocks(blocks), ...options };
}

/** An error as the API words it; `headers` may hold `retry-after` and the rate limits. */
export function error(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { kind: "error", status, type, message, headers };
}

/** An error of which only the HTTP status matters. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Reply {
  const type = ERROR_TYPES.get(code) ?? "api_error";
  return error(code, type, `Scripted ${type}`, headers);
}

/** A stream that begins and then brings an error; asked again without a stream, it is an HTTP error. */
export function streamError(code: number): Reply {
  const type = ERROR_TYPES.get(code) ?? "api_error";
  return { kind: "stream-error", status: code, type, message: `Scripted ${type}` };
}

/** HTTP 200 with something that is no answer, such as the page of a proxy. */
export function raw(contentType: string, body: string): Reply {
  return { kind: "raw", contentType, body };
}

/** A connection that is accepted and never answered. */
export function hang(): Reply {
  return { kind: "hang" };
}

/** A connection that is closed without an answer. */
export function cutBeforeHeaders(): Reply {
  return { kind: "cut", at: "before-headers", blocks: [] };
}

/** A connection that is closed when only the headers have been sent. */
export function cutAfterHeaders(): Reply {
  return { kind: "cut", at: "after-headers", blocks: [] };
}

/** A stream that is closed in the last of these blocks, or, with `after-block`, right behind it. */
export function cutMidStream(
  blocks: Block | readonly Block[],
  at: "mid-block" | "after-block" = "mid-block",
): Reply {
  return { kind: "cut", at, blocks: listBlocks(blocks) };
}

/** The same reply, later. */
export function delay(ms: number, reply: ReplyLike): Reply {
  return { kind: "delay", ms, reply: toReply(reply) };
}

/** Make a whole reply of what a script returned. */
export function toReply(reply: ReplyLike): Reply {
  return "kind" in reply ? reply : message(reply);
}

function listBlocks(blocks: Block | readonly Block[]): readonly Block[] {
  return "type" in blocks ? [blocks] : blocks;
}

const ERROR_TYPES = new Map([
  [400, "invalid_request_error"],
  [401, "authentication_error"],
  [403, "permission_error"],
  [404, "not_found_error"],
  [413, "request_too_large"],
  [429, "rate_limit_error"],
  [500, "api_error"],
  [502, "api_error"],
  [529, "overloaded_error"],
]);
