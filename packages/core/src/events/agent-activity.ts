import { z } from "zod";
import { eventKind } from "./event-kind.ts";

const count = z.number().nonnegative();

/** Tokens as the API counts them. Cached input is counted apart from `input`. */
export const Tokens = z
  .object({ input: count, output: count, cacheRead: count, cacheWrite: count })
  .readonly();
export type Tokens = z.infer<typeof Tokens>;

const names = z.array(z.string()).readonly();

/** Where an agent's words or deeds belong. */
const inMessage = {
  message: z
    .string()
    .describe("id of the answer of the model; several parts of one answer share it"),
  subagent: z
    .string()
    .exactOptional()
    .describe("id of the tool call that started the subagent; absent for the agent itself"),
};

/**
 * What an agent says and does, one thing at a time. The variants are described in docs/events.md.
 *
 * @example
 * AgentActivity.parse({ type: "tool", id: "t1", tool: "Read", target: "a.ts", message: "m1" }).type; // "tool"
 */
export const AgentActivity = z.discriminatedUnion("type", [
  eventKind("The conversation is set up. It may come again, and not as the first thing.", {
    type: z.literal("init"),
    model: z.string(),
    claudeSessionId: z.string().describe("names the conversation"),
    version: z.string().describe("of the CLI"),
    agents: names,
    tools: names,
    pluginErrors: names.describe("what the CLI could not load and otherwise says nothing about"),
    mcpFailures: names.describe("MCP servers that did not start"),
    apiKeySource: z
      .string()
      .exactOptional()
      .describe("where the API key is from; `none` for a subscription login"),
  }),
  eventKind("It says something.", { type: z.literal("text"), text: z.string(), ...inMessage }),
  eventKind("It thinks; what, is not told.", { type: z.literal("thinking"), ...inMessage }),
  eventKind("It uses a tool.", {
    type: z.literal("tool"),
    id: z.string(),
    tool: z.string(),
    target: z
      .string()
      .describe("what it is about, for people: a file, the head of a command, a pattern"),
    ...inMessage,
  }),
  eventKind("A tool has answered.", {
    type: z.literal("toolResult"),
    id: z.string().describe("as in `tool`"),
    isError: z.boolean(),
  }),
  eventKind("It waits before it asks the API again.", {
    type: z.literal("retry"),
    attempt: count,
    maxRetries: count,
    delayMs: count,
    errorStatus: z.number().exactOptional().describe("absent where there was no HTTP answer"),
  }),
  eventKind("How the subscription stands.", {
    type: z.literal("limit"),
    status: z.string().describe("`allowed`, `allowed_warning` or `rejected`"),
    window: z.string().describe("which limit: `five_hour`, `seven_day`, …"),
    resetsAt: z.number().exactOptional().describe("Unix time in ms"),
  }),
  eventKind("Another model goes on.", {
    type: z.literal("fallback"),
    from: z.string(),
    to: z.string(),
    trigger: z.string(),
  }),
  eventKind("Tokens to be added to those of before.", { type: z.literal("usage"), tokens: Tokens }),
  eventKind("The API said no to the agent itself. Not the end: the conversation may go on.", {
    type: z.literal("apiError"),
    error: z.string(),
    text: z.string(),
  }),
  eventKind("The end of a turn, most often of the conversation. Of several, the last one counts.", {
    type: z.literal("result"),
    subtype: z.string().describe("`success`, or the kind of error as the CLI names it"),
    isError: z.boolean(),
    apiErrorStatus: z.number().exactOptional(),
    stopReason: z.string().exactOptional(),
    terminalReason: z.string().exactOptional(),
    claudeSessionId: z.string(),
    costUsd: count.exactOptional().describe("of the whole process up to here"),
    tokens: Tokens.exactOptional().describe("of the whole process up to here, with subagents"),
    // Newer versions of the CLI tell it, and count a resumed conversation as one in the totals above.
    since: z
      .object({ costUsd: count, tokens: Tokens })
      .readonly()
      .exactOptional()
      .describe("spent since the result before, or since the start of the process"),
    turns: count.describe("of this turn alone"),
    durationMs: count.describe("of this turn alone"),
    text: z.string().describe("the last words"),
    errors: names,
    permissionDenials: names.describe("tools whose use was refused"),
  }),
]);
export type AgentActivity = z.infer<typeof AgentActivity>;
