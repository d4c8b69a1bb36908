import type { IncomingHttpHeaders } from "node:http";

/** A block of a message, as far as tests look into it. */
export interface ContentBlock {
  readonly type: string;
  readonly text?: string;
  readonly [key: string]: unknown;
}

/** One message of a conversation. */
export interface Message {
  readonly role: "user" | "assistant" | "system";
  readonly content: string | readonly ContentBlock[];
}

/** A request of the main conversation, or of a subagent. */
export interface ApiRequest {
  /** 1 for the first request; repeats count. */
  readonly number: number;
  /** How many answers of the model the conversation holds: 0 for the first, and the same when a request is repeated. */
  readonly turn: number;
  readonly model: string;
  readonly stream: boolean;
  readonly system: readonly ContentBlock[];
  readonly messages: readonly Message[];
  readonly tools: readonly { readonly name: string; readonly [key: string]: unknown }[];
  /** The text of the first message of the person, without what the CLI adds to it. */
  readonly prompt: string;
  /** Id of the conversation, from the CLI's own header. */
  readonly sessionId: string | undefined;
  /** Id of the subagent that asks; `undefined` for the main conversation. */
  readonly agentId: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** The body as it came, byte by byte. */
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A request that is not of a conversation: a probe, a count of tokens, a title. */
export interface SideRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

/** The part of the body of `POST /v1/messages` that is used here. */
interface Body {
  readonly model: string;
  readonly stream?: boolean;
  readonly max_tokens?: number;
  readonly system?: string | readonly ContentBlock[];
  readonly messages: readonly Message[];
  readonly tools?: ApiRequest["tools"];
}

/**
 * Read a request of a conversation.
 *
 * @returns nothing for a request that the CLI makes beside the conversation
 */
export function parseRequest(
  body: Buffer,
  headers: IncomingHttpHeaders,
): Omit<ApiRequest, "number"> | undefined {
  const json = JSON.parse(body.toString("utf8")) as Body;
  if (isSide(json)) return undefined;
  return {
    turn: json.messages.filter(isAnswer).length,
    model: json.model,
    stream: json.stream === true,
    system:
      typeof json.system === "string" ? [{ type: "text", text: json.system }] : (json.system ?? []),
    messages: json.messages,
    tools: json.tools ?? [],
    prompt: findPrompt(json.messages),
    sessionId: findHeader(headers, "x-claude-code-session-id"),
    agentId: findHeader(headers, "x-claude-code-agent-id"),
    headers,
    body,
    receivedAt: Date.now(),
  };
}

/** Titles, probes and summaries of web pages are small or are asked of the smallest model, and have no tools. */
function isSide({ model, max_tokens: maxTokens = 0, tools = [] }: Body): boolean {
  return tools.length === 0 && (model.includes("haiku") || maxTokens <= 1024);
}

/** After a kill the CLI fills the place of an answer that it never got. */
function isAnswer(message: Message): boolean {
  return message.role === "assistant" && readText(message) !== "No response requested.";
}

function findHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

function findPrompt(messages: readonly Message[]): string {
  const first = messages.find(({ role }) => role === "user");
  return first === undefined ? "" : readText(first);
}

/** The texts of a message without the reminders that the CLI puts before them. */
function readText({ content }: Message): string {
  if (typeof content === "string") return content;
  const texts = content.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : []));
  return texts.filter((text) => !text.startsWith("<system-reminder>")).join("\n");
}
