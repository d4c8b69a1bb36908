import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSignal, SignalError } from "../src/workflow/signal.ts";

const problemOf = (text: string): string => {
  try {
    parseSignal(text);
  } catch (error) {
    if (error instanceof SignalError) return error.message;
    throw error;
  }
  return "no problem";
};

describe("a signal", () => {
  it.each([
    ['{"status": "continue"}', { status: "continue" }],
    ['{"status": "continue", "phase": "testing"}', { status: "continue", phase: "testing" }],
    [
      '{"status":"Waiting","phase":"PLANNING","for":"plan_approval"}',
      { status: "waiting", phase: "planning", for: "plan_approval" },
    ],
    [
      '{"status":"blocked","reason":"2 tests fail","needs":"error_resolution"}',
      { status: "blocked", reason: "2 tests fail", needs: "error_resolution" },
    ],
    [
      '{"status":"done","phase":"done","summary":"JWT login"}',
      { status: "done", phase: "done", summary: "JWT login" },
    ],
    [
      '\uFEFF {"status":" DONE ","summary":"x","iteration":3}\n',
      { status: "done", summary: "x", iteration: 3 },
    ],
  ])("is read from %s", (text, signal) => {
    expect(parseSignal(text)).toEqual(signal);
  });

  it("keeps keys that nobody knows", () => {
    expect(parseSignal('{"status":"continue","mood":"good"}')).toMatchObject({ mood: "good" });
  });

  it.each([
    ["", "it is empty"],
    ["  \n", "it is empty"],
    ["{", "it is not JSON"],
    ['```json\n{"status":"continue"}\n```', "it is not JSON"],
    ["{}", "expected `status` to be `continue`, `waiting`, `blocked`, `done`"],
    ["[]", "expected one JSON object"],
    ["null", "expected one JSON object"],
    ['"continue"', "expected one JSON object"],
    ['{"status":"ok"}', "expected `status` to be"],
    ['{"status":"continue","phase":"deploy"}', "expected `phase` to be `investigation`"],
    ['{"status":"waiting","phase":"implementation"}', "expected `for` to be `qa_answers`"],
    [
      '{"status":"blocked","reason":" ","needs":"luck"}',
      "expected `reason` to be a sentence that says why; expected `needs` to be",
    ],
    ['{"status":"done"}', "expected `summary` to be"],
    ['{"status":"continue","iteration":"3"}', "expected `iteration` to be the number"],
    ['{"status":"continue","iteration":0}', "expected `iteration` to be the number"],
  ])("is refused with the cure: %s", (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it.each([33, 100_000])("is refused where it is nested %d levels deep", (levels) => {
    const nested = `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(problemOf(`{"status":"continue","x":${nested}}`)).toContain("nested deeper than 32");
  });

  it("throws nothing but its own error, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(problemOf(text)).toBeTypeOf("string");
      }),
      { numRuns: 2000 },
    );
  });
});
