import { expect, it } from "vitest";
import { createQuietFile } from "../../src/run/quiet-file.ts";

/** A quiet file with a clock that the test moves. */
function createBench(at = 1_000_000) {
  const clock = { at };
  const file = createQuietFile({ quietMs: 4000, maxMs: 60_000, now: () => clock.at });
  const look = (text: string, savedAt?: number): number => file.leftMs(text, savedAt);
  const pass = (ms: number): void => void (clock.at += ms);
  return { clock, look, pass };
}

it("counts once it has stayed as it is for long enough, and not a moment before", () => {
  const { look, pass } = createBench();
  expect(look("a")).toBe(4000);
  pass(3999);
  expect(look("a")).toBe(1);
  pass(1);
  expect(look("a")).toBe(0);
});

it("begins to be quiet with its last change", () => {
  const { look, pass } = createBench();
  look("a");
  pass(3000);
  expect(look("ab")).toBe(4000);
  pass(1000);
  expect(look("ab")).toBe(3000);
});

it("counts at once if it was saved long enough ago", () => {
  const { clock, look } = createBench();
  expect(look("a", clock.at - 4000)).toBe(0);
  expect(look("b", clock.at - 3999)).toBe(1);
  expect(look("c", clock.at)).toBe(4000);
});

it("takes nothing from the clock of another machine that is ahead", () => {
  const { clock, look, pass } = createBench();
  expect(look("a", clock.at + 100_000)).toBe(4000);
  pass(4000);
  expect(look("a", clock.at + 100_000)).toBe(0);
});

it("counts even if it never stays as it is, after a time", () => {
  const { look, pass } = createBench();
  for (let save = 0; save < 59; save++) {
    expect(look(`${save}`)).toBe(Math.min(4000, 60_000 - save * 1000));
    pass(1000);
  }
  pass(999);
  expect(look("last")).toBe(1);
  pass(1);
  expect(look("later")).toBe(0);
  expect(look("next")).toBe(4000);
});

it("has these times by default: four seconds, and a minute at most", () => {
  let at = 0;
  const file = createQuietFile({ now: () => at });
  expect(file.leftMs("a", undefined)).toBe(4000);
  at = 59_000;
  expect(file.leftMs("b", undefined)).toBe(1000);
});
