const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The longest that a usage limit lasts is a week; what is further ahead is no reset time. */
const maxAheadMs = 8 * 24 * hourMs;

/** Two clocks differ: a limit that has just ended by one of them may not have ended by the other. */
const marginMs = 30_000;

const firstDelayMs = 5 * minuteMs;

/** What the machine knows of a usage limit. */
export interface UsageLimit {
  /** When it resets, Unix time in ms, as it was told. Anything outside the next eight days counts as unknown. */
  readonly until?: number | undefined;
  /** Unix time in ms. */
  readonly now: number;
  /** How many limits in a row there were before this one. */
  readonly before: number;
}

/**
 * When to ask again after a usage limit, Unix time in ms: shortly after its reset time, if that is known. An
 * unknown one is asked again after five minutes, then after twice as long each time, up to an hour; so is one
 * that is still there after its reset time.
 */
export function findLimitEnd({ until, now, before }: UsageLimit): number {
  const askAgainAt = now + Math.min(firstDelayMs * 2 ** before, hourMs);
  if (until === undefined || !isResetTime(until, now)) return askAgainAt;
  return before === 0 ? until + marginMs : Math.max(until + marginMs, askAgainAt);
}

/** Whether a session can have been told to wait until this time: an old record may hold one that no calendar has. */
export function isLimitEnd(limitedUntil: number, now: number): boolean {
  return limitedUntil <= now + maxAheadMs + marginMs;
}

/**
 * Whether a reset time can be right: it lies within the next eight days.
 *
 * @example
 * isResetTime(Date.now() + 3_600_000, Date.now()); // true
 */
export function isResetTime(until: number, now: number): boolean {
  return until >= now && until <= now + maxAheadMs;
}
