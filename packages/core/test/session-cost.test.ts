import { expect, it } from "vitest";
import { memoryOf } from "../src/machine/session-context.ts";
import { parseCost } from "../src/machine/session-cost.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { statusChanges } from "../src/history/session-status.ts";
import { enter, play } from "./support/session-play.ts";

const lost: SessionEvent = { type: "agent.timedOut", message: "stopped", costUnknown: true };

it("a cost that nobody tells makes the sum of the session the least that it can be, for good and for all to see", () => {
  const started = enter({ phase: "testing", costUsd: 1.5, settings: { budgetUsd: 2 } });
  const now = play(started, lost, "timer", { type: "signal.continue", costUsd: 1 });
  expect(now.context).toMatchObject({ costUsd: 2.5, costIsLeast: true });
  expect(now.context.hold).toMatchObject({
    reason: "the budget of $2.00 is spent: at least $2.50",
  });
  expect(memoryOf(now.context)).toMatchObject({ costIsLeast: true });
  const present = { phase: "testing", phaseWord: "testing", blocked: "no", cost: "$0" } as const;
  expect(statusChanges(now.context, present)).toMatchObject({ cost: "at least $2.50" });
  expect(parseCost("at least $2.50")).toBe(2.5);
});
