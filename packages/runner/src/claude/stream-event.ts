/** Tokens as the API counts them. Cached input is counted apart from `input`. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** No tokens at all: where adding starts. */
export const noTokens: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** The sum of two counts. */
export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
  };
}

/** Where an agent's words or deeds belong. */
interface InMessage {
  /** Id of the API message; several blocks of one answer share it. Empty if the line had none. */
  readonly message: string;
  /** Id of the tool call that started the subagent; absent for the agent itself. */
  readonly subagent?: string;
}

/** The conversation is set up. It may come again within one process, and not as the first line. */
export interface InitEvent {
  readonly type: "init";
  readonly model: string;
  readonly claudeSessionId: string;
  readonly version: string;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  /** What the CLI could not load and otherwise says nothing about. */
  readonly pluginErrors: readonly string[];
  /** Names of MCP servers that did not start. */
  readonly mcpFailures: readonly string[];
  /** Where the API key is from; `none` for a subscription login, absent if not told. */
  readonly apiKeySource?: string;
}

/** The end of a turn. There can be several in one process; the last one counts. */
export interface ResultEvent {
  readonly type: "result";
  readonly subtype: string;
  readonly isError: boolean;
  readonly apiErrorStatus?: number;
  readonly stopReason?: string;
  readonly terminalReason?: string;
  readonly claudeSessionId: string;
  /** Of the whole process up to here, not of this turn. */
  readonly costUsd?: number;
  /** Of the whole process up to here, subagents included. */
  readonly tokens?: Tokens;
  /**
   * Since the result before, or the start of the process. Newer versions of the CLI tell it, and count
   * a resumed conversation as one in the totals above; older ones count the process.
   */
  readonly since?: { readonly costUsd: number; readonly tokens: Tokens };
  /** Of this turn alone. */
  readonly turns: number;
  /** Of this turn alone. */
  readonly durationMs: number;
  readonly text: string;
  readonly errors: readonly string[];
  /** Names of the tools whose use was refused. */
  readonly permissionDenials: readonly string[];
}

/** What one line of the CLI's stream says. */
export type StreamEvent =
  | InitEvent
  | ({ readonly type: "text"; readonly text: string } & InMessage)
  | ({ readonly type: "thinking" } & InMessage)
  | ({
      readonly type: "tool";
      readonly id: string;
      readonly tool: string;
      /** A short description of the input for people: a file, the head of a command, a pattern. */
      readonly target: string;
    } & InMessage)
  | { readonly type: "toolResult"; readonly id: string; readonly isError: boolean }
  /** The CLI waits before it asks the API again; no `errorStatus` when there was no HTTP answer. */
  | {
      readonly type: "retry";
      readonly attempt: number;
      readonly maxRetries: number;
      readonly delayMs: number;
      readonly errorStatus?: number;
    }
  /** How a subscription stands: `status` is `allowed`, `allowed_warning` or `rejected`. */
  | {
      readonly type: "limit";
      readonly status: string;
      /** Which limit: `five_hour`, `seven_day`, … */
      readonly window: string;
      /** Milliseconds since 1970. */
      readonly resetsAt?: number;
    }
  | {
      readonly type: "fallback";
      readonly from: string;
      readonly to: string;
      readonly trigger: string;
    }
  /** Tokens to be *added* to those of before. */
  | { readonly type: "usage"; readonly tokens: Tokens }
  /** The API said no to the agent itself. Not the end: the conversation may go on. */
  | { readonly type: "apiError"; readonly error: string; readonly text: string }
  | ResultEvent
  /** A whole line that says nothing else: a part of a message, or a type not known here. */
  | { readonly type: "life" }
  /** A line that is no JSON object: not from the CLI. */
  | { readonly type: "noise" };
