import { z } from "zod";
import { parseResetTime } from "./reset-time.ts";
import { noTokens, type StreamEvent } from "./stream-event.ts";
import { parseResultLine, usage } from "./stream-result.ts";
import { count, listOf, maybeCount, maybeText, text } from "./tolerant-schema.ts";
import { toolTarget } from "./tool-target.ts";

/**
 * What a line of the CLI's stdout says (`--output-format stream-json`).
 *
 * Never throws. A type that is not known, or is shaped otherwise than expected, is `life`; a line
 * that is no JSON object is `noise`; only a blank line gives no event. The order of keys is of no account.
 *
 * @example
 * parseStreamLine('{"type":"system","subtype":"api_retry","attempt":1}')[0]?.type; // "retry"
 */
export function parseStreamLine(line: string): StreamEvent[] {
  if (line.trim() === "") return [];
  const json = parseObject(line);
  if (json === undefined) return [{ type: "noise" }];
  const events = eventsOf(json);
  return events.length === 0 ? [{ type: "life" }] : events;
}

const texts = listOf(z.string());

type AnyObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is AnyObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseObject(line: string): AnyObject | undefined {
  // A flood of other text would be slow if each of its lines were an error that is thrown.
  if (!/^\s*\{/.test(line)) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function eventsOf(line: AnyObject): StreamEvent[] {
  switch (line["type"]) {
    case "stream_event":
      return eventsOfPart(line);
    case "assistant":
      return eventsOfAssistant(line);
    case "user":
      return eventsOfUser(line);
    case "system":
      return eventsOfSystem(line);
    case "rate_limit_event":
      return eventsOfLimit(line);
    case "result":
      return [parseResultLine(line)];
    default:
      return [];
  }
}

const startPart = z.object({ message: z.object({ usage }) });
const deltaPart = z.object({ usage });

/** Input is known when a message starts, output when it ends; the counts between are placeholders. */
function eventsOfPart({ event }: AnyObject): StreamEvent[] {
  // By far the most lines are other parts: no schema is tried on them.
  switch (isObject(event) ? event["type"] : undefined) {
    case "message_start": {
      const tokens = startPart.safeParse(event).data?.message.usage;
      return tokens === undefined ? [] : [{ type: "usage", tokens: { ...tokens, output: 0 } }];
    }
    case "message_delta": {
      const output = deltaPart.safeParse(event).data?.usage.output;
      return output === undefined ? [] : [{ type: "usage", tokens: { ...noTokens, output } }];
    }
    default:
      return [];
  }
}

const block = z.object({
  type: text,
  text,
  id: text,
  name: text,
  input: z.unknown().optional(),
});

const assistantLine = z.object({
  message: z.object({ id: text, content: listOf(block) }),
  parent_tool_use_id: maybeText,
  error: maybeText,
});

function eventsOfAssistant(line: AnyObject): StreamEvent[] {
  const { data } = assistantLine.safeParse(line);
  if (data === undefined) return [];
  const blocks = data.message.content;
  if (data.error !== undefined && data.parent_tool_use_id === undefined) {
    const words = blocks.map((part) => part.text).join(" ");
    return [{ type: "apiError", error: data.error, text: words.trim() }];
  }
  const where = {
    message: data.message.id,
    ...(data.parent_tool_use_id === undefined ? {} : { subagent: data.parent_tool_use_id }),
  };
  return blocks.flatMap((part): StreamEvent[] => {
    switch (part.type) {
      case "text":
        return [{ type: "text", text: part.text, ...where }];
      case "thinking":
      case "redacted_thinking":
        return [{ type: "thinking", ...where }];
      case "tool_use":
        return [
          { type: "tool", id: part.id, tool: part.name, target: toolTarget(part.input), ...where },
        ];
      default:
        return [];
    }
  });
}

const userLine = z.object({
  message: z.object({
    content: listOf(
      z.object({
        type: z.literal("tool_result"),
        tool_use_id: text,
        is_error: z.boolean().catch(false),
      }),
    ),
  }),
});

function eventsOfUser(line: AnyObject): StreamEvent[] {
  const results = userLine.safeParse(line).data?.message.content ?? [];
  return results.map((result) => ({
    type: "toolResult",
    id: result.tool_use_id,
    isError: result.is_error,
  }));
}

const initLine = z.object({
  model: text,
  session_id: text,
  claude_code_version: text,
  agents: texts,
  tools: texts,
  plugin_errors: listOf(z.object({ plugin: text, message: text })),
  mcp_servers: listOf(z.object({ name: text, status: text })),
  apiKeySource: maybeText,
});

const retryLine = z.object({
  attempt: count,
  max_retries: count,
  retry_delay_ms: count,
  error_status: maybeCount,
});

const fallbackLine = z.object({ original_model: text, fallback_model: text, trigger: text });

function eventsOfSystem(line: AnyObject): StreamEvent[] {
  switch (line["subtype"]) {
    case "init": {
      const init = initLine.parse(line);
      return [
        {
          type: "init",
          model: init.model,
          claudeSessionId: init.session_id,
          version: init.claude_code_version,
          agents: init.agents,
          tools: init.tools,
          pluginErrors: init.plugin_errors.map((error) => `${error.plugin}: ${error.message}`),
          mcpFailures: init.mcp_servers
            .filter((server) => server.status === "failed")
            .map((server) => server.name),
          ...(init.apiKeySource === undefined ? {} : { apiKeySource: init.apiKeySource }),
        },
      ];
    }
    case "api_retry": {
      const retry = retryLine.parse(line);
      return [
        {
          type: "retry",
          attempt: retry.attempt,
          maxRetries: retry.max_retries,
          delayMs: retry.retry_delay_ms,
          ...(retry.error_status === undefined ? {} : { errorStatus: retry.error_status }),
        },
      ];
    }
    case "model_fallback": {
      const { original_model: from, fallback_model: to, trigger } = fallbackLine.parse(line);
      return [{ type: "fallback", from, to, trigger }];
    }
    default:
      return [];
  }
}

const limitLine = z.object({
  rate_limit_info: z.object({
    status: text,
    rateLimitType: text,
    resetsAt: z.unknown().transform(parseResetTime),
  }),
});

function eventsOfLimit(line: AnyObject): StreamEvent[] {
  const info = limitLine.safeParse(line).data?.rate_limit_info;
  if (info === undefined) return [];
  return [
    {
      type: "limit",
      status: info.status,
      window: info.rateLimitType,
      ...(info.resetsAt === undefined ? {} : { resetsAt: info.resetsAt }),
    },
  ];
}
