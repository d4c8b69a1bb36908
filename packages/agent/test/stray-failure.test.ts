import { expect, it } from "vitest";
import { outcomeWithStrays, strayFailure } from "../src/stray-failure.ts";

it("processes that cannot be ended are named", () => {
  expect(strayFailure([7]).message).toBe(
    "The agent left a process running that cannot be stopped: pid 7.",
  );
  expect(strayFailure([7, 8]).message).toBe(
    "The agent left processes running that cannot be stopped: pid 7, 8.",
  );
});

it("an outcome without strays stays what it is", () => {
  const outcome = { type: "finished" } as const;
  expect(outcomeWithStrays(outcome, [])).toBe(outcome);
});

it("an outcome with strays is a failure at the same cost", () => {
  const tokens = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 };
  const spent = { costUsd: 0, turns: 3, tokens, conversation: "c" };
  const limited = { type: "limited", until: 5, message: "m", ...spent } as const;
  expect(outcomeWithStrays(limited, [7])).toEqual({
    type: "failed",
    ...spent,
    ...strayFailure([7]),
  });
  const unknown = { type: "interrupted", costUnknown: true } as const;
  expect(outcomeWithStrays(unknown, [7])).toEqual({
    type: "failed",
    costUnknown: true,
    ...strayFailure([7]),
  });
});
