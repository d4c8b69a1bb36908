import { parseResetTime } from "./reset-time.ts";
import {
  findZone,
  localZone,
  momentOf,
  wallTimeAt,
  type WallTime,
  type Zone,
} from "./zone-time.ts";

const minuteMs = 60_000;

/**
 * When a limit resets, Unix time in ms, as the CLI says it in a sentence: a time with or without a date, a weekday and
 * a time zone, a span, or `|` and the seconds since 1970. Nothing if the sentence does not tell.
 *
 * A time without a date is the next one; the minute that it names lasts to its end.
 *
 * @param now When the sentence was said, Unix time in ms.
 * @example
 * parseResetWords("You've hit your limit · resets 3pm (UTC)", Date.UTC(2026, 10, 30, 12)); // 15:00 of that day
 */
export function parseResetWords(words: string, now: number): number | undefined {
  const epoch = /\|\s*(\d{9,16})\b/.exec(words)?.[1];
  if (epoch !== undefined) return parseResetTime(epoch);
  const said = /\b(?:resets?|again|until|access)\b(.*)/is.exec(words)?.[1];
  if (said === undefined) return undefined;
  return parseMoment(said) ?? parseSpan(said, now) ?? parseClock(said, now);
}

/** A moment that stands for itself: ISO 8601, with or without a zone, or a number. */
function parseMoment(said: string): number | undefined {
  const number = /^\W*(?:at |on )?(\d{10}|\d{13})\b/i.exec(said)?.[1];
  if (number !== undefined) return parseResetTime(number);
  const match =
    /(\d{4})-(\d\d)-(\d\d)(?:T| | at )(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z\b|UTC\b|[+-]\d\d:?\d\d)?/i.exec(
      said,
    );
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, offset] = match;
  const zone = offset === undefined ? zoneOf(said) : findZone(offset);
  if (zone === undefined) return undefined;
  const wall = { year, month, day, hour, minute };
  return momentOf(numbersOf(wall), zone);
}

function numbersOf(wall: Record<keyof WallTime, string | undefined>): WallTime {
  const { year, month, day, hour, minute } = wall;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
  };
}

const unitMs: Readonly<Record<string, number>> = {
  d: 1440 * minuteMs,
  h: 60 * minuteMs,
  m: minuteMs,
  s: 1000,
};

/** `in 3h 20m`, `in 45 minutes`. */
function parseSpan(said: string, now: number): number | undefined {
  const span =
    /^\W*in\s+((?:\d+\s*(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b[\s,]*(?:and\s+)?)+)/i.exec(
      said,
    )?.[1];
  if (span === undefined) return undefined;
  let ms = 0;
  for (const [, count, unit = ""] of span.matchAll(/(\d+)\s*([dhms])/gi)) {
    ms += Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
  }
  return now + ms;
}

/** `3:27pm (UTC)`, `Dec 3 at 3pm`, `Monday 15:00`, `tomorrow at 3 a.m.`; without a zone, in local time. */
function parseClock(said: string, now: number): number | undefined {
  const zone = zoneOf(said);
  const time = parseTimeOfDay(said);
  const date = parseDate(said);
  if (zone === undefined || (time === undefined && date === undefined)) return undefined;
  const today = wallTimeAt(now, zone);
  const { hour, minute } = time ?? { hour: 0, minute: 0 };
  const isAhead = (at: number): boolean => at + minuteMs > now;
  const on = (days: Partial<WallTime>): number =>
    momentOf({ ...today, ...days, hour, minute }, zone);
  const next = (first: number, second: number): number => (isAhead(first) ? first : second);
  const find = (): number => {
    if (date !== undefined) {
      const { year, ...day } = date;
      if (year !== undefined) return on(date);
      return next(on(day), on({ ...day, year: today.year + 1 }));
    }
    const day = today.day + daysUntil(said, today);
    return next(on({ day }), on({ day: day + (weekdayIn(said) === undefined ? 1 : 7) }));
  };
  const at = find();
  return isAhead(at) && at < now ? at + minuteMs : at;
}

function parseTimeOfDay(said: string): Pick<WallTime, "hour" | "minute"> | undefined {
  const twelve = /\b(\d{1,2})(?::(\d\d))?(?::\d\d)?\s*([ap])\.?m\b/i.exec(said);
  if (twelve !== null) {
    const [, hours, minutes = "0", half = ""] = twelve;
    const hour = (Number(hours) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
    return Number(hours) > 12 || Number(minutes) > 59
      ? undefined
      : { hour, minute: Number(minutes) };
  }
  const [, hours, minutes] = /\b(\d{1,2}):(\d\d)\b/.exec(said) ?? [];
  const [hour, minute] = [Number(hours), Number(minutes)];
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthName = `(${months.join("|")})[a-z]*\\.?`;
const dayNumber = "(\\d{1,2})(?:st|nd|rd|th)?";
const monthFirst = new RegExp(`\\b${monthName}\\s+${dayNumber}\\b(?:,?\\s+(\\d{4})\\b)?`, "i");
const dayFirst = new RegExp(`\\b${dayNumber}\\s+${monthName}(?:,?\\s+(\\d{4})\\b)?`, "i");

interface DateWords {
  readonly year?: number;
  readonly month: number;
  readonly day: number;
}

function parseDate(said: string): DateWords | undefined {
  const [, monthThen, dayThen, yearThen] = monthFirst.exec(said) ?? [];
  const [, dayBefore, monthBefore, yearBefore] = dayFirst.exec(said) ?? [];
  const name = monthThen ?? monthBefore;
  if (name === undefined) return undefined;
  const year = monthThen === undefined ? yearBefore : yearThen;
  return {
    ...(year !== undefined && { year: Number(year) }),
    month: months.indexOf(name.toLowerCase()) + 1,
    day: Number(monthThen === undefined ? dayBefore : dayThen),
  };
}

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

function weekdayIn(said: string): number | undefined {
  const name = /\b(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day)?\b/i.exec(said)?.[1];
  return name === undefined ? undefined : weekdays.indexOf(name.toLowerCase());
}

function daysUntil(said: string, { year, month, day }: WallTime): number {
  if (/\btomorrow\b/i.test(said)) return 1;
  const weekday = weekdayIn(said);
  if (weekday === undefined) return 0;
  return (weekday - new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 7) % 7;
}

/** The zone that is named; local time if none is; nothing if it is one that nobody knows. */
function zoneOf(said: string): Zone | undefined {
  const inBrackets = /\(([^()]+)\)/.exec(said)?.[1]?.trim();
  const isLocal = inBrackets === undefined || /\b(?:local|your)\b/i.test(inBrackets);
  if (!isLocal) return findZone(inBrackets);
  const [, plain] =
    /\b((?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z][A-Za-z]+\/[A-Za-z_/]+)(?![A-Za-z])/.exec(
      said,
    ) ?? [];
  return plain === undefined ? localZone() : findZone(plain);
}
