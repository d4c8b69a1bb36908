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
  message: z.string().describe("id of the model's message; the parts of one message share it"),
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
  eventKind("The conversation is set up. It may be repeated, and need not come first.", {
    type: z.literal("init"),
    model: z.string(),
    claudeSessionId: z.string().describe("names the conversation"),
    version: z.string().describe("of the CLI"),
    agents: names,
    tools: names,
    pluginErrors: names.describe("what the CLI failed to load without reporting it elsewhere"),
    mcpFailures: names.describe("MCP servers that did not start"),
    apiKeySource: z
      .string()
      .exactOptional()
      .describe("source of the API key; `none` for a subscription login"),
  }),
  eventKind("The agent writes text.", { type: z.literal("text"), text: z.string(), ...inMessage }),
  eventKind("The agent thinks; the content is not included.", {
    type: z.literal("thinking"),
    ...inMessage,
  }),
  eventKind("The agent calls a tool.", {
    type: z.literal("tool"),
    id: z.string(),
    tool: z.string(),
    target: z
      .string()
      .describe("its target, for display: a file, the start of a command, a pattern"),
    ...inMessage,
  }),
  eventKind("A tool has returned.", {
    type: z.literal("toolResult"),
    id: z.string().describe("as in `tool`"),
    isError: z.boolean(),
  }),
  eventKind("The agent waits before retrying the API.", {
    type: z.literal("retry"),
    attempt: count,
    maxRetries: count,
    delayMs: count,
    errorStatus: z.number().exactOptional().describe("absent if there was no HTTP response"),
  }),
  eventKind("The state of the usage limits.", {
    type: z.literal("limit"),
    status: z.string().describe("`allowed`, `allowed_warning` or `rejected`"),
    window: z.string().describe("which limit: `five_hour`, `seven_day`, …"),
    resetsAt: z.number().exactOptional().describe("Unix time in ms"),
  }),
  eventKind("Another model takes over.", {
    type: z.literal("fallback"),
    from: z.string(),
    to: z.string(),
    trigger: z.string(),
  }),
  eventKind("Tokens to add to the previous ones.", { type: z.literal("usage"), tokens: Tokens }),
  eventKind("The API returned an error. The conversation may continue.", {
    type: z.literal("apiError"),
    error: z.string(),
    text: z.string(),
  }),
  eventKind(
    "The end of a turn, usually of the conversation. If there are several, the last one counts.",
    {
      type: z.literal("result"),
      subtype: z.string().describe("`success`, or the kind of error as the CLI names it"),
      isError: z.boolean(),
      apiErrorStatus: z.number().exactOptional(),
      stopReason: z.string().exactOptional(),
      terminalReason: z.string().exactOptional(),
      claudeSessionId: z.string(),
      costUsd: count.exactOptional().describe("of the whole process so far"),
      tokens: Tokens.exactOptional().describe("of the whole process so far, including subagents"),
      // Newer versions of the CLI tell it, and count a resumed conversation as one in the totals above.
      since: z
        .object({ costUsd: count, tokens: Tokens })
        .readonly()
        .exactOptional()
        .describe("spent since the previous result, or since the start of the process"),
      turns: count.describe("of this turn alone"),
      durationMs: count.describe("of this turn alone"),
      text: z.string().describe("the final text"),
      errors: names,
      permissionDenials: names.describe("tools that were denied"),
    },
  ),
]);
export type AgentActivity = z.infer<typeof AgentActivity>;
