import { describe, expect, it } from "vitest";
import { findLimitEnd, isLimitEnd } from "../src/machine/usage-limit.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 30, 12);

/** How long until the API is asked again. */
const pause = (until: number | undefined, before = 0) => findLimitEnd({ until, now, before }) - now;

describe("a known reset time", () => {
  it.each([
    ["this very moment", 0],
    ["in an hour", hour],
    ["in eight days", 8 * day],
  ])("%s is waited for, and half a minute more", (_, ahead) => {
    expect(pause(now + ahead)).toBe(ahead + 30_000);
  });

  it("is not waited for less than a limit that has come before and stayed", () => {
    expect(pause(now + minute, 1)).toBe(10 * minute);
    expect(pause(now + hour, 1)).toBe(hour + 30_000);
    expect(pause(now + 10 * minute, 1)).toBe(10 * minute + 30_000);
  });
});

describe("an unknown reset time", () => {
  it("is asked again after minutes, and later each hour", () => {
    expect([0, 1, 2, 3, 4, 5, 2000].map((before) => pause(undefined, before) / minute)).toEqual([
      5, 10, 20, 40, 60, 60, 60,
    ]);
  });

  it.each([
    ["just past", now - 1],
    ["long past", 0],
    ["negative", -now],
    ["beyond eight days", now + 8 * day + 1],
    ["in seconds that were taken for milliseconds", now * 1000],
    ["beyond every calendar", 1e308],
    ["infinite", Number.POSITIVE_INFINITY],
    ["no number", Number.NaN],
  ])("is one that is %s", (_, until) => {
    expect(pause(until)).toBe(5 * minute);
  });
});

it("a session can have been told to wait for eight days and a margin, and not longer", () => {
  expect(isLimitEnd(now + 8 * day + 30_000, now)).toBe(true);
  expect(isLimitEnd(now + 8 * day + 30_001, now)).toBe(false);
  expect(isLimitEnd(now - day, now)).toBe(true);
  expect(isLimitEnd(Number.NaN, now)).toBe(false);
});
