/** Numbers below this are seconds, for as milliseconds they lie in the first years after 1970. */
const leastMs = 1e11;

const lastMs = 8.64e15;

/**
 * A reset time as Unix time in ms, from seconds or milliseconds, as a number or as text, or from ISO 8601. Nothing if it
 * is none of these, or if no calendar has it.
 *
 * @example
 * parseResetTime("1764504000"); // 1_764_504_000_000
 */
export function parseResetTime(value: unknown): number | undefined {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromNumber(Number(text));
  return /^\d{4}-\d\d-\d\d/.test(text) ? withinCalendar(Date.parse(text)) : undefined;
}

function fromNumber(value: number): number | undefined {
  return withinCalendar(Math.round(value < leastMs ? value * 1000 : value));
}

function withinCalendar(at: number): number | undefined {
  return at > 0 && at <= lastMs ? at : undefined;
}
