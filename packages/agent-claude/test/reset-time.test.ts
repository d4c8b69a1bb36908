import { expect, it } from "vitest";
import { parseResetTime } from "../src/reset-time.ts";

const at = Date.UTC(2026, 10, 30, 15, 27);

it.each<[string, unknown]>([
  ["seconds", at / 1000],
  ["milliseconds", at],
  ["seconds with a fraction", at / 1000 + 0.0004],
  ["seconds as text", String(at / 1000)],
  ["milliseconds as text", ` ${at} `],
  ["ISO 8601", "2026-11-30T15:27:00Z"],
  ["ISO 8601 with an offset", "2026-11-30T17:27:00+02:00"],
  ["ISO 8601 with milliseconds", "2026-11-30T15:27:00.000Z"],
])("%s are understood", (_, value) => {
  expect(parseResetTime(value)).toBe(at);
});

it("fractions of a second are kept, and those of a millisecond are not", () => {
  expect(parseResetTime("1764504000.5")).toBe(1_764_504_000_500);
  expect(parseResetTime(1_764_504_000_500.6)).toBe(1_764_504_000_501);
});

it("numbers are seconds up to the year 5138, and milliseconds from there", () => {
  expect(parseResetTime(1e11 - 1)).toBe((1e11 - 1) * 1000);
  expect(parseResetTime(1e11)).toBe(1e11);
  expect(parseResetTime(1)).toBe(1000);
});

it("the last moment of the calendar is one, and the next is none", () => {
  expect(parseResetTime(8.64e15)).toBe(8.64e15);
  expect(parseResetTime(8.64e15 + 2)).toBeUndefined();
});

it.each([
  0,
  -1,
  -at,
  Number.NaN,
  Infinity,
  -Infinity,
  1e308,
  1e18,
  "",
  "soon",
  "-5",
  "1e9",
  "12 o'clock",
  "2026-13-45",
  "x2026-11-30",
  "1764504000x",
  null,
  undefined,
  true,
  {},
  [at],
  "9".repeat(400),
])("%s is no time", (value) => {
  expect(parseResetTime(value)).toBeUndefined();
});
