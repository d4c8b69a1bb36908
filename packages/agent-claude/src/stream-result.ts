import type { Tokens } from "@samocode/core";
import { z } from "zod";
import { addTokens, noTokens, type ResultEvent } from "./stream-event.ts";
import { count, listOf, maybeCount, maybeText, text } from "./tolerant-schema.ts";

/** The `usage` object of the API. */
export const usage = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
  })
  .transform((counts): Tokens => ({
    input: counts.input_tokens,
    output: counts.output_tokens,
    cacheRead: counts.cache_read_input_tokens,
    cacheWrite: counts.cache_creation_input_tokens,
  }));

const modelUsage = z
  .object({
    inputTokens: count,
    outputTokens: count,
    cacheReadInputTokens: count,
    cacheCreationInputTokens: count,
    costUSD: count,
  })
  .transform((counts) => ({
    input: counts.inputTokens,
    output: counts.outputTokens,
    cacheRead: counts.cacheReadInputTokens,
    cacheWrite: counts.cacheCreationInputTokens,
    costUsd: counts.costUSD,
  }));

const resultLine = z.object({
  subtype: text,
  is_error: z.boolean().catch(true),
  api_error_status: maybeCount,
  stop_reason: maybeText,
  terminal_reason: maybeText,
  session_id: text,
  total_cost_usd: maybeCount,
  usage: usage.optional().catch(undefined),
  modelUsage: z.record(z.string(), modelUsage).catch({}),
  model_usage_since_last_result: z.record(z.string(), modelUsage).optional().catch(undefined),
  num_turns: count,
  duration_ms: count,
  result: text,
  errors: listOf(z.string()),
  permission_denials: listOf(z.object({ tool_name: text })),
});

/**
 * The `result` line of the CLI's stream. An error unless it says `"is_error": false`; a subtype that is called one is an
 * error all the same, for older versions say so of the last turn that may be taken.
 */
export function parseResultLine(line: object): ResultEvent {
  const result = resultLine.parse(line);
  const tokens = tokensOf(result.modelUsage, result.usage);
  const since = result.model_usage_since_last_result;
  return {
    type: "result",
    subtype: result.subtype,
    isError: result.is_error || result.subtype.startsWith("error_"),
    ...(result.api_error_status === undefined ? {} : { apiErrorStatus: result.api_error_status }),
    ...(result.stop_reason === undefined ? {} : { stopReason: result.stop_reason }),
    ...(result.terminal_reason === undefined ? {} : { terminalReason: result.terminal_reason }),
    claudeSessionId: result.session_id,
    ...(result.total_cost_usd === undefined ? {} : { costUsd: result.total_cost_usd }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(since === undefined ? {} : { since: spentBy(Object.values(since)) }),
    turns: result.num_turns,
    durationMs: result.duration_ms,
    text: result.result,
    errors: result.errors,
    permissionDenials: result.permission_denials.map((denial) => denial.tool_name),
  };
}

/** `modelUsage` counts the whole process, `usage` only the last turn: it serves where the other is missing. */
function tokensOf(byModel: Record<string, Tokens>, ofTurn: Tokens | undefined): Tokens | undefined {
  const models = Object.values(byModel);
  return models.length === 0 ? ofTurn : models.reduce(addTokens, noTokens);
}

function spentBy(models: readonly (Tokens & { readonly costUsd: number })[]) {
  const costUsd = models.reduce((sum, model) => sum + model.costUsd, 0);
  return { costUsd, tokens: models.reduce(addTokens, noTokens) };
}
