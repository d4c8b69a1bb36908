import { phases } from "@samocode/core";
import { createChart } from "@samocode/core/chart";
import { expect, it } from "vitest";
import { maxPath, simulate, type Simulation } from "../src/simulation.ts";
import { tryEvents } from "../src/simulation-event.ts";

const walk = (...path: readonly string[]): Simulation => {
  const found = simulate(path, false);
  if (found === undefined) throw new Error("cannot walk");
  return found;
};
const choice = (simulation: Simulation, id: string) => {
  const found = simulation.choices.find((each) => each.id === id);
  if (found === undefined) throw new Error(`cannot find ${id}`);
  return found;
};

it("can try every event of the chart", () => {
  const events = new Set(
    createChart()
      .edges.map(({ event }) => event)
      .filter((event) => event !== ""),
  );
  expect(new Set(tryEvents.map(({ event }) => event))).toEqual(events);
  expect(new Set(tryEvents.map(({ id }) => id)).size).toBe(tryEvents.length);
});

it("goes from the start to the end by hand", () => {
  const done = walk(
    "signal.continue:planning",
    "signal.continue:implementation",
    "approve",
    "signal.continue:testing",
    "signal.continue:done",
    "signal.done",
  );
  expect(done).toMatchObject({ state: "finished", isFinal: true });
  expect(done.states).toEqual([
    "working.investigation",
    "working.planning",
    "waiting.approval",
    "working.implementation",
    "working.testing",
    "working.done",
    "finished",
  ]);
  expect(done.choices.every(({ isTaken }) => !isTaken)).toBe(true);
});

it("says what each event would lead to, and is there after it", () => {
  for (const path of [[], ["signal.continue:planning"], ["agent.limited"], ["signal.blocked"]]) {
    const here = walk(...path);
    for (const { id, to, isTaken } of here.choices) {
      const there = walk(...path, id);
      expect(there.state).toBe(to);
      if (!isTaken) expect(there.state).toBe(here.state);
    }
  }
});

it("says why a signal is refused, and by which arrow an event goes", () => {
  const planning = walk("signal.continue:planning");
  expect(choice(planning, "signal.continue:done")).toMatchObject({
    to: "working.planning",
    refusal: "cannot go from `planning` to `done`: expected `planning`, `implementation`",
  });
  const gate = choice(planning, "signal.continue:implementation");
  expect(gate).toMatchObject({ to: "waiting.approval" });
  expect(gate).not.toHaveProperty("refusal");
  const taken = gate.tries.find(({ holds }) => holds);
  expect(taken).toEqual({
    source: "working.planning",
    target: "waiting.approval",
    guard: "asksToGo implementation",
    holds: true,
  });
  expect(choice(planning, "approve")).toMatchObject({ isTaken: false, tries: [] });
});

it("says of every event that is taken by which arrow, and takes none without one", () => {
  const start = phases.map((phase) => `edit:${phase}`);
  for (const id of ["stop", ...start]) {
    for (const { isTaken, tries, event } of walk(id).choices) {
      const holds = tries.some((each) => each.holds);
      expect({ event, isTaken, holds: isTaken ? holds : false }).toEqual({
        event,
        isTaken,
        holds: isTaken,
      });
    }
  }
});

it("lets the test command guard the way out of testing if there is one", () => {
  const path = ["edit:testing", "approve", "edit:testing", "signal.continue:done"];
  expect(simulate(path, true)).toMatchObject({ state: "verifying" });
  expect(simulate(path, false)).toMatchObject({ state: "working.done" });
});

it("knows no other event, and no path without an end", () => {
  expect(simulate(["finish"], false)).toBeUndefined();
  expect(simulate(["__proto__"], false)).toBeUndefined();
  const long = Array.from({ length: maxPath + 1 }, () => "stop");
  expect(simulate(long, false)).toBeUndefined();
  expect(simulate(long.slice(1), false)).toBeDefined();
});
