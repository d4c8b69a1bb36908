import type { AgentActivity, Tokens } from "@samocode/core";

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

/** The conversation is set up. It may come again within one process, and not as the first line. */
export type InitEvent = Extract<AgentActivity, { type: "init" }>;

/** The end of a turn. There can be several in one process; the last one counts. */
export type ResultEvent = Extract<AgentActivity, { type: "result" }>;

/** What one line of the CLI's stream says. */
export type StreamEvent =
  | AgentActivity
  /** A whole line that says nothing else: a part of a message, or a type not known here. */
  | { readonly type: "life" }
  /** A line that is no JSON object: not from the CLI. */
  | { readonly type: "noise" };

/** True for what the agent itself says or does, and not merely that something came. */
export function isActivity(event: StreamEvent): event is AgentActivity {
  return event.type !== "life" && event.type !== "noise";
}
