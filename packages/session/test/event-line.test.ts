import type { RunEvent } from "@samocode/core";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { formatEvent } from "../src/event-line.ts";

const plain = picocolors.createColors(false);
const move = (facts: Partial<Extract<RunEvent, { type: "session.moved" }>>): RunEvent => ({
  type: "session.moved",
  event: "signal.continue",
  from: "working.investigation",
  to: "working.planning",
  phase: "planning",
  iteration: 3,
  costUsd: 1,
  ...facts,
});

describe("a line says", () => {
  it.each<[string, RunEvent, string]>([
    [
      "what an iteration led to, what it took and what it made",
      move({ spent: { durationMs: 252_000, costUsd: 0.42 }, commits: ["a", "b"] }),
      "finished → planning (4m 12s, $0.42, 2 commits)",
    ],
    [
      "that a question has come back",
      { type: "questions.restored", questions: ["Q1", "Q2"], answers: [] },
      "restored Q1, Q2 disappeared from _qa.md",
    ],
    [
      "that an answer has come back",
      { type: "questions.restored", questions: [], answers: ["Q1"] },
      "restored Q1 lost its answer in _qa.md",
    ],
    [
      "that questions and answers have come back",
      { type: "questions.restored", questions: ["Q3"], answers: ["Q1", "Q2"] },
      "restored Q3 disappeared from _qa.md; Q1, Q2 lost their answers in _qa.md",
    ],
    [
      "that the questions cannot be read",
      { type: "questions.unreadable", message: "cannot read `_qa.md`: it is not UTF-8" },
      "cannot continue yet cannot read `_qa.md`: it is not UTF-8",
    ],
    [
      "who has approved",
      move({ event: "approve", from: "waiting.approval", to: "paused", by: "ada" }),
      "approved by ada → ready to continue",
    ],
    [
      "that no person has approved",
      move({ event: "signal.waiting", to: "working.implementation", by: "--auto-approve" }),
      "asks → implementation, the plan approved by --auto-approve",
    ],
    [
      "that no person has approved, also for a restart",
      move({
        event: "run",
        from: "waiting.approval",
        to: "working.implementation",
        by: "--auto-approve",
      }),
      "continues → implementation, the plan approved by --auto-approve",
    ],
    [
      "why an agent is blocked, without its control characters",
      move({ event: "signal.blocked", to: "blocked", message: "no \u001B[2Jaccess\nat all" }),
      "blocked — no access at all",
    ],
    [
      "an event by its name if there is no word for it",
      move({ event: "new.kind" }),
      "new.kind → planning",
    ],
    [
      "that an agent was taken over",
      {
        type: "iteration.started",
        iteration: 3,
        phase: "planning",
        phaseIteration: 2,
        maxPhaseIterations: 20,
        attempt: "adopt",
        log: "",
        workingDir: "",
        startedAt: 0,
        deadlineAt: 0,
      },
      "planning iteration 3: reattached after its runner exited",
    ],
  ])("%s", (_, event, line) => {
    expect(formatEvent(event, plain)).toBe(line);
  });
});

it("is not there for a restart that an iteration follows, nor for what an agent does", () => {
  expect(formatEvent(move({ event: "run", from: "paused" }), plain)).toBeUndefined();
  const event = { type: "thinking", message: "m" } as const;
  expect(formatEvent({ type: "agent", iteration: 1, event }, plain)).toBeUndefined();
});
