import { describe, expect, it } from "vitest";
import { formatMoment, formatTimestamp, parseRecord } from "../src/history/history.ts";

describe("a time from outside", () => {
  it.each([1e15, 1e18, 1e308, -1e308, Infinity, -Infinity, 8.64e15, -8.64e15])(
    "of %d is brought into the calendar",
    (at) => {
      expect(formatTimestamp(at)).toMatch(
        /^[+-]\d{6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/,
      );
      expect(formatMoment(at)).toMatch(/\S/);
    },
  );

  it("that is no number is the first one there is", () => {
    expect(formatTimestamp(Number.NaN)).toBe(formatTimestamp(0));
  });

  it("that is one stays as it is, to the millisecond", () => {
    for (const at of [0, -1, 1_764_504_000_123, 253_402_300_799_999]) {
      expect(Date.parse(formatTimestamp(at))).toBe(at);
    }
  });
});

it("a record with times that are none keeps all the rest", () => {
  const memory = {
    phase: "testing",
    iteration: 3,
    counts: { investigation: 0, planning: 0, implementation: 0, testing: 3, quality: 0, done: 0 },
    rework: 0,
    failures: 0,
    costUsd: 1,
    notes: [],
  };
  const line = JSON.stringify({
    event: "agent.limited",
    until: null,
    memory: { ...memory, limitedUntil: null, limits: "two", secondTries: ["other"] },
  });
  const record = parseRecord(line);
  expect(record).toMatchObject({ event: "agent.limited", memory });
  expect(record?.until).toBeUndefined();
  expect(record?.memory).toMatchObject({
    limitedUntil: undefined,
    limits: undefined,
    secondTries: undefined,
  });
});
