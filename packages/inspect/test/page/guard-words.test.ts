import { createChart } from "@samocode/core/chart";
import { expect, it } from "vitest";
import { knowsGuard, sayGuard, sayLimitsOf } from "../../page/guard-words.ts";
import { createChartView } from "../../src/chart-view.ts";

const { limits } = createChartView({ maxRetries: 3, budgetUsd: 10 });
const counts = {
  investigation: 1,
  planning: 2,
  implementation: 7,
  testing: 1,
  quality: 0,
  done: 0,
};
const gauge = {
  limits,
  measure: { phase: "testing" as const, counts, rework: 1, failures: 2, costUsd: 3.25 },
};

it("has words for every condition of the chart", () => {
  const unknown = createChart().edges.filter(({ guard }) => guard !== "" && !knowsGuard(guard));
  expect(unknown).toEqual([]);
});

it("says conditions with the values that decide them now", () => {
  expect(sayGuard("mayGo implementation", gauge)).toBe(
    "it may go to implementation: iteration 7 of 100, rework 1 of 3, $3.25 of $10.00",
  );
  expect(sayGuard("mayGo quality", gauge)).toBe(
    "it may go to quality: iteration 0 of 10, $3.25 of $10.00",
  );
  expect(sayGuard("mayRetry", gauge)).toBe("it can be retried: retry 2 of 3");
  expect(sayGuard("mayRework", gauge)).toBe("rework 1 of 3");
  expect(sayGuard("asksFor qa_answers", gauge)).toBe(
    "it asks for qa answers, and the phase allows that",
  );
});

it("says the limits of a state, and makes do with what it does not know", () => {
  expect(sayLimitsOf("working.implementation", gauge)).toEqual([
    "iteration 7 of 100, rework 1 of 3, $3.25 of $10.00",
  ]);
  expect(sayLimitsOf("retrying", gauge)).toEqual(["retry 2 of 3"]);
  expect(sayLimitsOf("verifying", gauge)).toEqual(["rework 1 of 3"]);
  expect(sayLimitsOf("paused", gauge)).toEqual([]);
  expect(sayLimitsOf("working.elsewhere", gauge)).toEqual(["$3.25 of $10.00"]);
  const bare = { measure: undefined, limits: createChartView({ maxRetries: 3 }).limits };
  expect(sayGuard("mayGo planning", bare)).toBe("it may go to planning: iteration 0 of 20");
  expect(sayGuard("someNewGuard of_some kind", bare)).toBe("some new guard of some kind");
});
