import { describe, expect, test } from "vitest";
import { findEndCause, type AgentState } from "../src/end-cause.ts";
import { parseStreamLine } from "../src/stream.ts";
import { addLine, emptySummary } from "../src/stream-summary.ts";

const limits = { deadlineAt: 0, idleMs: 900_000 };
const working: AgentState = {
  summary: emptySummary,
  isCancelled: false,
  leftMs: 1000,
  silentMs: 0,
  logBytes: 0,
};
const atRest = { ...emptySummary, atRest: true };

describe("why an agent is stopped", () => {
  test.each([
    ["nothing", {}, undefined],
    ["a cancel, whatever else", { isCancelled: true, leftMs: -1 }, "cancelled"],
    ["the deadline", { leftMs: 0 }, "timeout"],
    ["silence", { silentMs: 900_000 }, "idle"],
    ["silence that is not long enough", { silentMs: 899_999 }, undefined],
    ["the deadline before silence", { leftMs: 0, silentMs: 900_000 }, "timeout"],
    ["a log that is too large", { logBytes: 5 * 1024 ** 3 }, "flood"],
    ["half a minute of silence after the result", { summary: atRest, silentMs: 30_000 }, "settled"],
    ["less of it", { summary: atRest, silentMs: 29_999 }, undefined],
    ["the deadline after the result", { summary: atRest, leftMs: 0 }, "settled"],
  ])("%s", (_, change, cause) => {
    expect(findEndCause({ ...working, ...change }, limits)).toBe(cause);
  });

  test("a cost above its limit, but only where it goes on after the result that tells of it", () => {
    const result = { type: "result", subtype: "success", is_error: false, total_cost_usd: 2 };
    const ended = addLine(emptySummary, parseStreamLine(JSON.stringify(result)));
    const dear = { ...working, summary: { ...ended, atRest: false } };
    expect(findEndCause(dear, { ...limits, maxCostUsd: 1.99 })).toBe("budget");
    expect(findEndCause(dear, { ...limits, maxCostUsd: 2 })).toBeUndefined();
    expect(findEndCause(dear, limits)).toBeUndefined();
    const done = { ...working, summary: ended };
    expect(findEndCause(done, { ...limits, maxCostUsd: 1 })).toBeUndefined();
  });

  test("an idle limit of 0 is none", () => {
    const silent = { ...working, silentMs: 1e9 };
    expect(findEndCause(silent, { ...limits, idleMs: 0 })).toBeUndefined();
  });

  test.each([
    [401, 1, "ANTHROPIC_API_KEY", "unauthorized"],
    [403, 1, "ANTHROPIC_API_KEY", "unauthorized"],
    [401, 1, undefined, "unauthorized"],
    [401, 2, "none", undefined],
    [401, 3, "none", "unauthorized"],
    [500, 9, "ANTHROPIC_API_KEY", undefined],
    [undefined, 9, "ANTHROPIC_API_KEY", undefined],
  ])("after status %s, try %s, with the key of %s: %s", (errorStatus, attempt, source, cause) => {
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
    expect(findEndCause({ ...working, summary }, limits)).toBe(cause);
  });
});
