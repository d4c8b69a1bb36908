import { describe, expect, it } from "vitest";
import { parseResetWords } from "../src/reset-words.ts";
import { localZone, momentOf } from "../src/zone-time.ts";

/** A Monday, at noon in UTC, 13:00 in Berlin, 7:00 in New York. */
const now = Date.UTC(2026, 10, 30, 12, 0, 20);
const utc = (day: number, hour: number, minute = 0, month = 11, year = 2026) =>
  Date.UTC(year, month - 1, day, hour, minute);
const local = (day: number, hour: number, minute = 0, month = 11) =>
  momentOf({ year: 2026, month, day, hour, minute }, localZone());

describe("a time without a date is the next one", () => {
  it.each([
    ["You've hit your session limit · resets 3:27pm (UTC)", utc(30, 15, 27)],
    ["You've hit your session limit ∙ resets 3:27pm (UTC)", utc(30, 15, 27)],
    ["5-hour limit reached ∙ resets 3pm (UTC)", utc(30, 15)],
    ["Spending cap reached resets 3:27PM (UTC)", utc(30, 15, 27)],
    ["resets 3:27 p.m. (UTC)", utc(30, 15, 27)],
    ["Resets: 15:27 (UTC)", utc(30, 15, 27)],
    ["Your limit will reset at 3pm (UTC).", utc(30, 15)],
    ["Please try again at 3pm UTC", utc(30, 15)],
    ["resets 12:01pm (UTC)", utc(30, 12, 1)],
    ["resets 11:59am (UTC)", utc(31, 11, 59)],
    ["resets 12am (UTC)", utc(31, 0)],
    ["resets 12:30am (UTC)", utc(31, 0, 30)],
    ["resets 0:30 (UTC)", utc(31, 0, 30)],
    ["resets 23:59 (UTC)", utc(30, 23, 59)],
    ["resets tomorrow at 3pm (UTC)", utc(31, 15)],
  ])("%s", (words, at) => {
    expect(parseResetWords(words, now)).toBe(at);
  });

  it("and the minute that it names lasts to its end", () => {
    expect(parseResetWords("resets 12pm (UTC)", utc(30, 12))).toBe(utc(30, 12));
    expect(parseResetWords("resets 12pm (UTC)", now)).toBe(utc(30, 12, 1));
    expect(parseResetWords("resets 12pm (UTC)", utc(30, 12, 1) - 1)).toBe(utc(30, 12, 1));
    expect(parseResetWords("resets 12pm (UTC)", utc(30, 12, 1))).toBe(utc(31, 12));
  });
});

describe("a zone is named in brackets or behind the time; without one the time is local", () => {
  it.each([
    ["resets 3:27pm (Europe/Berlin)", utc(30, 14, 27)],
    ["resets 3:27pm Europe/Berlin", utc(30, 14, 27)],
    ["resets 12:30pm (Europe/Berlin)", utc(31, 11, 30)],
    ["resets 1am (America/New_York)", utc(31, 6)],
    ["resets 3pm (GMT+2)", utc(30, 13)],
    ["resets 3pm UTC-5", utc(30, 20)],
    ["resets 3pm GMT", utc(30, 15)],
    ["resets 3pm (Etc/Unheard_Of)", undefined],
    ["resets 3pm (PQRST)", undefined],
  ])("%s", (words, at) => {
    expect(parseResetWords(words, now)).toBe(at);
  });

  it("and the clock is changed in between", () => {
    const before = Date.UTC(2026, 9, 24, 20);
    expect(parseResetWords("resets 4am (Europe/Berlin)", before)).toBe(Date.UTC(2026, 9, 25, 3));
  });

  it("is local", () => {
    const night = local(30, 2);
    expect(parseResetWords("resets 3:27pm", night)).toBe(local(30, 15, 27));
    expect(parseResetWords("resets 3:27pm (local time)", night)).toBe(local(30, 15, 27));
    expect(parseResetWords("resets 1:27am (your time)", night)).toBe(local(31, 1, 27));
    expect(parseResetWords("resets Dec 3, 3:27pm", night)).toBe(local(3, 15, 27, 12));
  });
});

describe("a date", () => {
  it.each([
    ["Weekly limit reached ∙ resets Dec 3, 3:27pm (UTC)", utc(3, 15, 27, 12)],
    ["resets Dec 3 at 3pm (UTC)", utc(3, 15, 0, 12)],
    ["resets on December 3rd, 2026 at 15:00 (UTC)", utc(3, 15, 0, 12)],
    ["resets 3 Dec 2026, 3pm (UTC)", utc(3, 15, 0, 12)],
    ["resets 3rd Dec, 3pm (UTC)", utc(3, 15, 0, 12)],
    ["resets Dec. 3 (UTC)", utc(3, 0, 0, 12)],
    ["resets Nov 30, 3pm (UTC)", utc(30, 15)],
    ["resets Nov 30, 12pm (UTC)", utc(30, 12, 1)],
    ["resets Nov 29, 3pm (UTC)", utc(29, 15, 0, 11, 2027)],
    ["resets Jan 2, 3pm (UTC)", utc(2, 15, 0, 1, 2027)],
    ["resets Jan 2, 2026, 3pm (UTC)", utc(2, 15, 0, 1)],
    ["resets Friday 3pm (UTC)", utc(4, 15, 0, 12)],
    ["resets Mon, 3pm (UTC)", utc(30, 15)],
    ["resets Mon 11am (UTC)", utc(7, 11, 0, 12)],
    ["resets Sunday at 3pm (UTC)", utc(6, 15, 0, 12)],
    ["resets Sat at 3pm (UTC)", utc(5, 15, 0, 12)],
  ])("%s", (words, at) => {
    expect(parseResetWords(words, now)).toBe(at);
  });

  it.each(
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map(
      (name, index) => [name, index],
    ),
  )("knows %s", (name, index) => {
    expect(parseResetWords(`resets ${name} 15, 2027, 3pm (UTC)`, now)).toBe(
      Date.UTC(2027, index, 15, 15),
    );
  });

  it("in its zone is the day that it is there", () => {
    const late = Date.UTC(2026, 10, 30, 23, 30);
    expect(parseResetWords("resets 1am (Europe/Berlin)", late)).toBe(utc(31, 0));
    expect(parseResetWords("resets tomorrow 1am (Europe/Berlin)", late)).toBe(utc(2, 0, 0, 12));
  });
});

describe("a moment or a span", () => {
  it.each([
    ["Claude AI usage limit reached|1764518820", 1_764_518_820_000],
    ["Claude AI usage limit reached|1764518820000", 1_764_518_820_000],
    ["limit reached | 1764518820 ", 1_764_518_820_000],
    ["resets at 1764518820", 1_764_518_820_000],
    ["resets 1764518820123", 1_764_518_820_123],
    ["resets at 2026-12-01T15:27:00Z", utc(1, 15, 27, 12)],
    ["resets 2026-12-01T15:27:00.000+02:00", utc(1, 13, 27, 12)],
    ["You will regain access on 2026-12-01 at 00:00 UTC.", utc(1, 0, 0, 12)],
    ["resets 2026-12-01 15:27 (Europe/Berlin)", utc(1, 14, 27, 12)],
    ["resets 2026-12-01 15:27 (PQRST)", undefined],
    ["resets in 3h 20m", now + 12_000_000],
    ["resets in 2 hours and 5 minutes", now + 7_500_000],
    ["try again in 45 minutes.", now + 2_700_000],
    ["try again in 1 day, 30 secs", now + 86_430_000],
  ])("%s", (words, at) => {
    expect(parseResetWords(words, now)).toBe(at);
  });

  it("without a zone is local", () => {
    expect(parseResetWords("resets 2026-11-30 15:27", now)).toBe(local(30, 15, 27));
  });
});

it.each([
  "You've hit your 5-hour limit",
  "You've hit your 5-hour limit (UTC)",
  "resets soon",
  "resets 13pm (UTC)",
  "resets 3:75pm (UTC)",
  "resets 24:00 (UTC)",
  "resets 12:60 (UTC)",
  "at 3pm (UTC)",
  "limit reached|12345678",
  "",
])("%j tells no time", (words) => {
  expect(parseResetWords(words, now)).toBeUndefined();
});

it("text without an end costs no time", () => {
  const started = performance.now();
  for (const part of ["1 h ", "(", "resets in 1", "Dec 3 ", "limit reached|1", "5 a"]) {
    parseResetWords(`resets in ${part.repeat(50_000)}`, now);
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
