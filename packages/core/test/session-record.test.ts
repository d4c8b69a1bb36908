import { expect, it } from "vitest";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { createRecord } from "../src/history/session-record.ts";
import { enter, play } from "./support/session-play.ts";

/** The record of an event that ends an iteration of testing. */
function recordOf(event: SessionEvent) {
  const before = enter({ phase: "testing" });
  const { snapshot } = play(before, event);
  return createRecord({ seq: 2, at: 0, event, from: before.state }, snapshot);
}

it("a signal that could not be taken has no status, and tells its problem", () => {
  const record = recordOf({ type: "signal.invalid", problem: "it is empty" });
  expect(record).toMatchObject({ event: "signal.invalid", problem: "it is empty" });
  expect(record).not.toHaveProperty("status");
});

it.each([
  ["continue", { type: "signal.continue", phase: "quality" }],
  ["waiting", { type: "signal.waiting", for: "human_action" }],
  ["blocked", { type: "signal.blocked", reason: "r", needs: "clarification" }],
] as const)("a signal has its status: %s", (status, event) => {
  expect(recordOf(event)).toMatchObject({ status, event: `signal.${status}` });
});

it("another event has none", () => {
  expect(recordOf({ type: "agent.stalled", message: "m" })).not.toHaveProperty("status");
});
