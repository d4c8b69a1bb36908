import { expect, it } from "vitest";
import { listIterations } from "../../page/iterations.ts";
import { createStep } from "../../src/step.ts";

it("lists what agents did, and leaves out what people and timers did", () => {
  const steps = [
    { event: "run", from: "paused", to: "working.planning", iteration: 1 },
    {
      event: "signal.continue",
      from: "working.planning",
      to: "working.planning",
      iteration: 1,
      time: 90_000,
      durationMs: 30_000,
      costUsd: 0.5,
      turns: 3,
      tokens: 1200,
      log: "_logs/a.jsonl",
      commits: ["abc1234 Plan"],
    },
    { event: "agent.timedOut", from: "working.planning", to: "retrying", durationMs: 5 },
    { event: "backOff", from: "retrying", to: "working.planning" },
    { event: "stop", from: "working.planning", to: "working.planning", by: "ada" },
  ];
  expect(listIterations(steps)).toEqual([
    {
      step: 1,
      number: 1,
      phase: "planning",
      event: "signal.continue",
      beganAt: 60_000,
      ms: 30_000,
      usd: 0.5,
      turns: 3,
      tokens: 1200,
      log: "_logs/a.jsonl",
      commits: ["abc1234 Plan"],
    },
    expect.objectContaining({ step: 2, event: "agent.timedOut", phase: "planning" }),
  ]);
});

it("lists the iterations of a session of the Python samocode", () => {
  const records = [
    { iteration: 1, phase: "init", status: "continue" },
    { iteration: 2, phase: "requirements", status: "waiting", for: "plan_approval" },
    { iteration: 3, phase: "implementation", status: "continue" },
  ];
  let before: string | undefined;
  const steps = records.map((record) => {
    const step = createStep(record, before);
    before = step.to;
    return step;
  });
  expect(listIterations(steps).map(({ number, phase }) => `${number} ${phase}`)).toEqual([
    "1 investigation",
    "2 planning",
    "3 implementation",
  ]);
});
