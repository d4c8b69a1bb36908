/** A place on the clock of a time zone; months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** A time zone: its name, or how many minutes it is ahead of UTC. */
export type Zone = string | number;

const minuteMs = 60_000;

/** The time zone of this machine. */
export function localZone(): Zone {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The time zone of this name or offset; nothing if there is none.
 *
 * @example
 * findZone("GMT+2"); // 120
 */
export function findZone(name: string): Zone | undefined {
  const [, sign, hours, minutes = "0"] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(name) ?? [];
  if (hours !== undefined) {
    const ahead = Number(hours) * 60 + Number(minutes);
    return sign === "-" ? -ahead : ahead;
  }
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return 0;
  try {
    return Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What the clock of a time zone shows at a moment, Unix time in ms. */
export function wallTimeAt(at: number, zone: Zone): WallTime {
  if (typeof zone === "number") return wallTimeOf(new Date(at + zone * minuteMs));
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
  };
}

/**
 * The moment, Unix time in ms, at which the clock of a time zone shows this; days and hours may run over. Of an hour
 * that the clock shows twice it is one of the two, and of one that it skips one next to it.
 */
export function momentOf(wall: WallTime, zone: Zone): number {
  const shown = asUtc(wall);
  let at = shown;
  // The second look is for a moment on the other side of a change of the clock.
  for (let look = 0; look < 2; look += 1) at += shown - asUtc(wallTimeAt(at, zone));
  return at;
}

function wallTimeOf(date: Date): WallTime {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

function asUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
