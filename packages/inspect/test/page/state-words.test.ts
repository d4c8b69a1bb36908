import { expect, it } from "vitest";
import { lastPart, moodOf, phaseOfState, sayState, withAncestors } from "../../page/state-words.ts";

it.each([
  ["waiting.answers", "asks", "waits for your answers"],
  ["waiting.approval", "asks", "waits for you to approve the plan"],
  ["waiting.file", "asks", "waits for a file to be updated"],
  ["waiting.action", "asks", "waits for a manual step"],
  ["blocked", "stuck", "is blocked"],
  ["failed", "stuck", "has failed after all retries"],
  ["finished", "done", "is done"],
  ["paused", "rests", "is ready to continue"],
  ["verifying", "works", "runs the tests"],
  ["retrying", "works", "waits before the next attempt"],
  ["limited", "works", "waits for a usage limit to end"],
  ["working.testing", "works", "works: testing"],
  ["resuming", "works", "resuming"],
])("says of `%s` that it %s: %s", (state, mood, words) => {
  expect([moodOf(state), sayState(state, true)]).toEqual([mood, words]);
});

it("says that a session has lost its run in a phase", () => {
  expect(sayState("working.testing", false)).toBe(
    "the runner exited in testing; the next run will pick up the agent",
  );
  expect(sayState("paused", false)).toBe("is ready to continue");
});

it("reads the phase out of a state, and its last part", () => {
  expect(phaseOfState("working.done")).toBe("done");
  expect(["working", "working.", "xworking.done", "paused"].map(phaseOfState)).toEqual(
    Array.from({ length: 4 }),
  );
  expect(["a.b.c", "a", ""].map(lastPart)).toEqual(["c", "a", ""]);
});

it("lists the states that a state is in, the innermost first", () => {
  expect(withAncestors("a.b.c")).toEqual(["a.b.c", "a.b", "a", ""]);
  expect(withAncestors("a")).toEqual(["a", ""]);
  expect(withAncestors("")).toEqual([""]);
});
