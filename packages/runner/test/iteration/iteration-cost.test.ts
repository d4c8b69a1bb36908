import { expect, it } from "vitest";
import { emptySummary } from "@samocode/agent-claude";
import { paidFor } from "../../src/iteration/iteration-cost.ts";

const noTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

it("a cost that was told is taken, of an agent that never answered too", () => {
  expect(paidFor({ type: "interrupted", costUsd: 0.3 }, emptySummary)).toEqual({ costUsd: 0.3 });
  expect(
    paidFor({ type: "timedOut", afterMs: 1, costUsd: 0 }, { ...emptySummary, answers: 4 }),
  ).toEqual({ costUsd: 0 });
});

it("a cost that was not told is unknown from the first answer on", () => {
  expect(paidFor(undefined, { ...emptySummary, answers: 1 })).toEqual({ costUnknown: true });
  expect(paidFor({ type: "interrupted" }, { ...emptySummary, answers: 2 })).toEqual({
    costUnknown: true,
  });
});

it.each(["input", "output", "cacheRead", "cacheWrite"])(
  "an agent that never answered has cost something once the API charged for its %s",
  (kind) => {
    const tokens = { ...noTokens, [kind]: 1 };
    expect(paidFor({ type: "interrupted" }, { ...emptySummary, tokens })).toEqual({
      costUnknown: true,
    });
  },
);

it("an agent that asked nothing has cost nothing", () => {
  expect(paidFor(undefined, emptySummary)).toEqual({});
  expect(paidFor({ type: "interrupted" }, emptySummary)).toEqual({});
});
