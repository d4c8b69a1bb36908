import { parseHistory } from "@samocode/core/store";
import { expect, it } from "vitest";
import { createStep } from "../src/step.ts";

const stepsOf = (...records: readonly object[]) => {
  const { records: read } = parseHistory(records.map((each) => JSON.stringify(each)).join("\n"));
  let before: string | undefined;
  return read.map((record) => {
    const step = createStep(record, before);
    before = step.to;
    return step;
  });
};

it("takes the states of a record as they are", () => {
  const [step] = stepsOf({ event: "approve", from: "waiting.approval", to: "paused", by: "ada" });
  expect(step).toEqual({
    event: "approve",
    from: "waiting.approval",
    to: "paused",
    by: "ada",
  });
});

it("reads the states of the Python samocode out of its signals", () => {
  const steps = stepsOf(
    { phase: "init", status: "continue" },
    { phase: "requirements", status: "waiting", for: "qa_answers" },
    { phase: "requirements", status: "waiting", for: "constructor" },
    { phase: "testing", status: "blocked", reason: "2 tests fail" },
    { phase: "elsewhere", status: "continue" },
    { phase: "done", status: "done", summary: "JWT login" },
    { note: "no status" },
  );
  expect(steps.map(({ from, to }) => `${from} → ${to}`)).toEqual([
    "working.investigation → working.investigation",
    "working.investigation → waiting.answers",
    "waiting.answers → waiting.action",
    "waiting.action → blocked",
    "blocked → blocked",
    "blocked → finished",
    "finished → finished",
  ]);
  expect(steps.map(({ message }) => message)).toEqual([
    undefined,
    undefined,
    undefined,
    "2 tests fail",
    undefined,
    "JWT login",
    "no status",
  ]);
  expect(steps.every(({ isGuess }) => isGuess)).toBe(true);
});

it("cuts what an agent says, and never says more commits than a person reads", () => {
  const [step] = stepsOf({
    event: "signal.done",
    from: "working.done",
    to: "finished",
    summary: "x".repeat(10_000),
    commits: Array.from({ length: 500 }, (_, index) => `${index} commit`),
  });
  expect(step?.message?.length).toBe(2000);
  expect(step?.commits?.length).toBe(50);
});
