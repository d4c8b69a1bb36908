import { expect, it } from "vitest";
import type { EndCause } from "@samocode/agent";
import { judgeOutcome } from "../src/outcome.ts";
import { emptySummary, type StreamSummary } from "../src/stream-summary.ts";
import { good, silent, summaryOf } from "./outcome-facts.ts";

const noTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

function costOf(summary: StreamSummary, cause: EndCause = "cancelled") {
  const { costUsd, costUnknown } = judgeOutcome({ ...silent, summary, cause });
  return { costUsd, costUnknown };
}

it("a reported cost counts, however the agent ended", () => {
  const summary = summaryOf({ ...good, total_cost_usd: 0.3 });
  expect(costOf(summary)).toEqual({ costUsd: 0.3 });
  expect(costOf({ ...summary, answers: 4 }, "settled")).toEqual({ costUsd: 0.3 });
  expect(costOf(summaryOf({ ...good, total_cost_usd: 0 }), "timeout")).toEqual({ costUsd: 0 });
});

it("a cost that was not reported is unknown from the first answer on", () => {
  expect(costOf({ ...emptySummary, answers: 1 })).toEqual({ costUnknown: true });
});

it.each(["input", "output", "cacheRead", "cacheWrite"])(
  "an agent that never answered has cost something once the API charged for its %s",
  (kind) => {
    const tokens = { ...noTokens, [kind]: 1 };
    expect(costOf({ ...emptySummary, tokens })).toEqual({ costUnknown: true });
  },
);

it("an agent that asked nothing has cost nothing", () => {
  expect(costOf(emptySummary)).toEqual({});
});
