import { expect, it } from "vitest";
import { RunEvent, RunEventLine } from "../src/events/run-event.ts";
import { formatEvents } from "./support/event-document.ts";

const line = {
  at: "2026-01-15T14:30:00.000+01:00",
  type: "agent",
  iteration: 3,
  event: { type: "tool", id: "t1", tool: "Read", target: "src/a.ts", message: "m1" },
} as const;

it("is what docs/events.md says", async () => {
  await expect(formatEvents()).toMatchFileSnapshot("../../../docs/events.md");
});

it("takes a line of `--json` whole", () => {
  expect(RunEventLine.parse(line)).toEqual(line);
});

it("wants to know when a line was told", () => {
  expect(RunEventLine.safeParse({ ...line, at: "yesterday" }).success).toBe(false);
  expect(RunEventLine.safeParse({ ...line, at: undefined }).success).toBe(false);
});

it("leaves out keys that a newer samocode may tell", () => {
  expect(RunEvent.parse({ type: "tests.started", command: "npm test", more: 1 })).toEqual({
    type: "tests.started",
    command: "npm test",
  });
});

it.each([
  ["a type that there is not", { type: "session.slept" }],
  ["an iteration before the first", { type: "run.lost", iteration: -1 }],
  ["an activity that there is not", { ...line, event: { type: "life" } }],
])("does not take %s", (_, event) => {
  expect(RunEvent.safeParse(event).success).toBe(false);
});
