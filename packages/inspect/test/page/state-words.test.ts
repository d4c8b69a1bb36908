import { expect, it } from "vitest";
import { lastPart, moodOf, phaseOfState, sayState, withAncestors } from "../../page/state-words.ts";

it.each([
  ["waiting.answers", "asks", "waits for your answers"],
  ["waiting.approval", "asks", "waits for you to approve the plan"],
  ["waiting.file", "asks", "waits for a file that you bring up to date"],
  ["waiting.action", "asks", "waits for something that you do"],
  ["blocked", "stuck", "is blocked"],
  ["failed", "stuck", "has failed after all retries"],
  ["finished", "done", "is done"],
  ["paused", "rests", "is ready to continue"],
  ["verifying", "works", "runs the tests"],
  ["retrying", "works", "backs off before the next try"],
  ["limited", "works", "waits until a limit of the subscription ends"],
  ["working.testing", "works", "works: testing"],
  ["resuming", "works", "resuming"],
])("says of `%s` that it %s: %s", (state, mood, words) => {
  expect([moodOf(state), sayState(state, true)]).toEqual([mood, words]);
});

it("says that a session has lost its run in a phase", () => {
  expect(sayState("working.testing", false)).toBe(
    "has lost its run in testing; the next one takes over",
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
