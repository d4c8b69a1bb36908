import { describe, expect, test } from "vitest";
import { claudeDialect } from "../src/claude-dialect.ts";
import { emptySummary } from "../src/stream-summary.ts";
import { good, summaryOf } from "./outcome-facts.ts";

test("the progress of a stream is what its lines say", () => {
  const { progressOf, empty } = claudeDialect;
  const none = { hasBegun: false, hasResult: false, atRest: false, costUsd: 0 };
  expect(progressOf(empty)).toEqual({ ...none, isUnauthorized: false });
  expect(progressOf(summaryOf({ type: "system", subtype: "init", session_id: "s" }))).toMatchObject(
    {
      ...none,
      hasBegun: true,
    },
  );
  const ended = summaryOf({ ...good, total_cost_usd: 2 });
  expect(progressOf(ended)).toMatchObject({ hasResult: true, atRest: true, costUsd: 2 });
});

describe("a login or key", () => {
  test.each([
    [401, 1, "ANTHROPIC_API_KEY", true],
    [403, 1, "ANTHROPIC_API_KEY", true],
    [401, 1, undefined, true],
    [401, 2, "none", false],
    [401, 3, "none", true],
    [500, 9, "ANTHROPIC_API_KEY", false],
    [undefined, 9, "ANTHROPIC_API_KEY", false],
  ])(
    "after status %s, try %s, with the key of %s: refused %s",
    (errorStatus, attempt, source, isRefused) => {
      const retry = {
        type: "retry" as const,
        attempt,
        maxRetries: 10,
        delayMs: 500,
        ...(errorStatus === undefined ? {} : { errorStatus }),
      };
      const init = {
        type: "init" as const,
        model: "",
        claudeSessionId: "",
        version: "",
        agents: [],
        tools: [],
        pluginErrors: [],
        mcpFailures: [],
        ...(source === undefined ? {} : { apiKeySource: source }),
      };
      const summary = { ...emptySummary, retry, init };
      expect(claudeDialect.progressOf(summary).isUnauthorized).toBe(isRefused);
    },
  );
});
