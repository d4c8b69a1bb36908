import fc from "fast-check";
import { expect, it } from "vitest";
import { replaySteps } from "../../page/replay.ts";

const at = (minute: number, step: { from: string; to: string; costUsd?: number }) => ({
  event: "signal.continue",
  time: minute * 60_000,
  ...step,
});
const steps = [
  at(0, { from: "paused", to: "working.planning" }),
  at(10, { from: "working.planning", to: "working.planning", costUsd: 1 }),
  at(15, { from: "working.planning", to: "waiting.approval", costUsd: 2 }),
  at(75, { from: "waiting.approval", to: "working.implementation" }),
  at(80, { from: "working.implementation", to: "finished", costUsd: 4 }),
];
const ways = [["a"], [], ["b"], ["a", "c"], []];

it("sums time, money and visits for each state, and for those that it is in", () => {
  const { state, spent, taken } = replaySteps(steps, ways, steps.length);
  expect(state).toBe("finished");
  expect(Object.fromEntries(spent)).toEqual({
    "working.planning": { ms: 15 * 60_000, usd: 3, times: 1 },
    "working.implementation": { ms: 5 * 60_000, usd: 4, times: 1 },
    working: { ms: 20 * 60_000, usd: 7, times: 2 },
    "waiting.approval": { ms: 60 * 60_000, usd: 0, times: 1 },
    waiting: { ms: 60 * 60_000, usd: 0, times: 1 },
    finished: { ms: 0, usd: 0, times: 1 },
    "": { ms: 80 * 60_000, usd: 7, times: 4 },
  });
  expect([...taken]).toEqual(["a", "b", "c"]);
});

it("shows the session as it was after any of its steps, up to now where it is live", () => {
  expect(replaySteps(steps, ways, 0)).toMatchObject({ state: "paused" });
  const past = replaySteps(steps, ways, 3);
  expect(past).toMatchObject({ state: "waiting.approval" });
  expect(past.spent.get("waiting.approval")).toMatchObject({ ms: 0 });
  const live = replaySteps(steps, ways, 3, 20 * 60_000);
  expect(live.spent.get("waiting.approval")).toMatchObject({ ms: 5 * 60_000 });
  const over = replaySteps(steps, ways, 5, 500 * 60_000);
  expect(over.spent.get("finished")).toMatchObject({ ms: 0 });
});

it("loses nothing and adds nothing, whatever the history says", () => {
  const state = fc.constantFrom("working.planning", "waiting.answers", "paused", "a.b.c", "");
  const step = fc.record(
    {
      event: fc.string(),
      from: state,
      to: state,
      time: fc.integer({ min: 0, max: 1e12 }),
      costUsd: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ["event", "from", "to"] },
  );
  fc.assert(
    fc.property(fc.array(step), fc.nat(), (all, count) => {
      const { spent } = replaySteps(all, [], count, 0);
      const sum = all.slice(0, count).reduce((usd, { costUsd = 0 }) => usd + costUsd, 0);
      expect(spent.get("")?.usd ?? 0).toBe(sum);
      for (const { ms, usd } of spent.values()) expect(Math.min(ms, usd)).toBeGreaterThanOrEqual(0);
    }),
  );
});
