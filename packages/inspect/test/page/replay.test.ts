import fc from "fast-check";
import { expect, it } from "vitest";
import { createTrack } from "../../page/replay.ts";

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
  const { state, spent, taken } = createTrack(steps, ways).replay(steps.length);
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

it("shows the session as it was after any of its steps, up to now if it is live", () => {
  const { replay } = createTrack(steps, ways);
  expect(replay(0)).toMatchObject({ state: "paused" });
  const past = replay(3);
  expect(past).toMatchObject({ state: "waiting.approval" });
  expect(past.spent.get("waiting.approval")).toMatchObject({ ms: 0 });
  const live = replay(3, 20 * 60_000);
  expect(live.spent.get("waiting.approval")).toMatchObject({ ms: 5 * 60_000 });
  const over = replay(5, 500 * 60_000);
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
      const { spent } = createTrack(all, []).replay(count, 0);
      const sum = all.slice(0, count).reduce((usd, { costUsd = 0 }) => usd + costUsd, 0);
      expect(spent.get("")?.usd ?? 0).toBe(sum);
      for (const { ms, usd } of spent.values()) expect(Math.min(ms, usd)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it("shows the same wherever the slider was before", () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    at(index, {
      from: index % 3 === 0 ? "working.planning" : "paused",
      to: index % 3 === 2 ? "working.planning" : "paused",
      costUsd: index % 7,
    }),
  );
  const arrows = many.map((_, index) => [String(index % 50)]);
  const dragged = createTrack(many, arrows);
  for (const count of [3000, 0, 2999, 1, 400, 399, 401, 1234, 800, 5000, -1]) {
    const fresh = createTrack(many, arrows).replay(count);
    const moved = dragged.replay(count);
    expect(moved.state).toBe(fresh.state);
    expect(Object.fromEntries(moved.spent)).toEqual(Object.fromEntries(fresh.spent));
    expect([...moved.taken].toSorted()).toEqual([...fresh.taken].toSorted());
  }
  const plain = many.slice(0, 1234).reduce((sum, { costUsd = 0 }) => sum + costUsd, 0);
  expect(dragged.replay(1234).spent.get("")?.usd).toBe(plain);
});

it("replays a session of one step", () => {
  const [only] = steps;
  if (only === undefined) throw new Error("no step");
  const track = createTrack([only], [["a"]]);
  expect(track.replay(0).state).toBe("paused");
  expect(track.replay(1)).toMatchObject({ state: "working.planning" });
  expect(Object.fromEntries(track.replay(1, 60_000).spent)).toMatchObject({
    "working.planning": { ms: 60_000, times: 1 },
  });
});
