import { expect, test } from "vitest";
import { judgeOutcome } from "../src/outcome.ts";
import { parseStreamLine } from "../src/stream.ts";
import { addLine } from "../src/stream-summary.ts";
import { good, shortly, silent, summaryOf } from "./outcome-facts.ts";
import { factsOf } from "./recording.ts";

const limit = (status: string) => ({
  type: "rate_limit_event",
  rate_limit_info: { status, rateLimitType: "five_hour", resetsAt: 1_900_000_000 },
});

const judged = (...lines: object[]) =>
  shortly(judgeOutcome({ ...silent, summary: summaryOf(...lines) }));

test("a limit with a time of reset is one, whatever its words", () => {
  const facts = factsOf("429-subscription");
  const result = { ...good, is_error: true, api_error_status: 429, result: "In other words." };
  const summary = addLine(facts.summary, parseStreamLine(JSON.stringify(result)));
  expect(judgeOutcome({ ...facts, summary })).toMatchObject({
    type: "limited",
    until: 1_900_000_000_000,
  });
});

test("a limit that is told in words alone is one, with its time where they tell it", () => {
  const line = {
    ...good,
    is_error: true,
    result: "You've hit your weekly limit · resets 7pm (UTC)",
  };
  const facts = { ...silent, saidAt: Date.UTC(2026, 10, 30, 12) };
  for (const told of [{ api_error_status: 429 }, {}]) {
    expect(judgeOutcome({ ...facts, summary: summaryOf({ ...line, ...told }) })).toEqual(
      expect.objectContaining({
        type: "limited",
        until: Date.UTC(2026, 10, 30, 19),
        message: line.result,
      }),
    );
  }
  const timeless = summaryOf({ ...line, result: "You've hit your 5-hour limit" });
  expect(judgeOutcome({ ...facts, summary: timeless })).not.toHaveProperty("until");
});

test("only a rejection tells of a limit, and only with status 429", () => {
  const error = { ...good, is_error: true, api_error_status: 429, result: "In other words." };
  expect(judged(limit("rejected"), error)).toBe("limited");
  expect(judged(limit("allowed_warning"), error)).toBe("rate-limit, retry");
  expect(judged(limit("rejected"), { ...error, api_error_status: 500 })).toBe("server, retry");
  expect(judged(limit("rejected"), { ...error, is_error: false })).toBe("finished");
  const worded = { ...error, api_error_status: null, result: "API Error: 529 Overloaded" };
  expect(judged(limit("rejected"), worded)).toBe("overloaded, retry");
});
