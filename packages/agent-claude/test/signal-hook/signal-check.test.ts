import { findSignalProblem, phaseRules, phases, type PhaseRule } from "@samocode/core";
import { describe, expect, it } from "vitest";
import { legalSignals } from "../../src/texts/phase-protocol.ts";

const askProblem = (): string => "cannot ask: nothing";
const testing = { phase: "testing", iteration: 3 } as const;

describe("the check of a signal", () => {
  it.each(phases)("finds nothing wrong with what an agent is told to write in %s", (phase) => {
    for (const signal of legalSignals(phase)) {
      const text = JSON.stringify({ ...signal, iteration: 3 });
      expect(findSignalProblem(text, { phase, iteration: 3 })).toBeUndefined();
    }
  });

  it("lets a plan go on, for the machine then asks a person", () => {
    const text = '{"status":"continue","phase":"implementation"}';
    expect(findSignalProblem(text, { phase: "planning", iteration: 3 })).toBeUndefined();
  });

  it("forgives what the runner forgives: letter case, a missing iteration, keys of one's own", () => {
    const text = '\uFEFF{"status":"Continue","phase":"QUALITY","tests":14}';
    expect(findSignalProblem(text, testing)).toBeUndefined();
  });

  it.each([
    [undefined, "cannot find `_signal.json`: expected it in the session folder"],
    [
      "",
      "cannot read `_signal.json`: it is empty, expected one JSON object with `status` `continue`, `waiting`, `blocked`, `done`",
    ],
    [
      '{"status":"blocked"}',
      "cannot take `_signal.json`: expected `reason` to be a sentence that says why; expected `needs` to be `human_decision`, `clarification`, `error_resolution`, `investigation`",
    ],
    [
      '{"status":"done","summary":"x"}',
      "cannot answer `done` in `testing`: expected `continue`, `waiting`, `blocked`",
    ],
    [
      '{"status":"continue","phase":"planning"}',
      "cannot go from `testing` to `planning`: expected `testing`, `quality`, `done`, `implementation`",
    ],
    ['{"status":"continue","iteration":2}', "cannot take `iteration` `2`: expected `3`"],
  ])("tells what is wrong with %j", (text, problem) => {
    expect(findSignalProblem(text, testing)).toBe(problem);
  });

  it("looks at the questions of a signal that waits for answers, and of no other", () => {
    const find = (text: string) => findSignalProblem(text, { ...testing, askProblem });
    expect(find('{"status":"waiting","for":"qa_answers"}')).toBe("cannot ask: nothing");
    expect(find('{"status":"waiting","for":"human_action"}')).toBeUndefined();
    expect(find('{"status":"continue"}')).toBeUndefined();
    expect(find('{"status":"waiting","for":"qa_answers","phase":"done"}')).not.toContain("nothing");
    expect(findSignalProblem('{"status":"waiting","for":"qa_answers"}', testing)).toBeUndefined();
  });

  it("tells that text is no JSON", () => {
    expect(findSignalProblem("{status: done}", testing)).toContain("it is not JSON");
  });

  it.each(phases)("lets no phase be left from %s that the table does not name", (phase) => {
    const rule: PhaseRule = phaseRules[phase];
    for (const next of phases) {
      const text = JSON.stringify({ status: "continue", phase: next });
      const isLegal =
        rule.signals.includes("continue") && (next === phase || rule.next.includes(next));
      expect(findSignalProblem(text, { phase, iteration: 3 }) === undefined).toBe(isLegal);
    }
  });
});
