/** A time that passes. */
export interface Timer {
  /** Aborted when it is over. */
  readonly over: AbortSignal;
  /** Waits no more. */
  readonly release: () => void;
}

/** The longest time between two looks at the clock, in ms. */
const maxNapMs = 10_000;

/**
 * Lets a time pass. The time that the machine sleeps counts; that somebody sets the clock back does not.
 *
 * @example
 * const { over, release } = startTimer(5000);
 */
export function startTimer(delayMs: number): Timer {
  const over = new AbortController();
  const end = Date.now() + delayMs;
  const steadyEnd = performance.now() + delayMs;
  let nap: NodeJS.Timeout | undefined;
  const look = (): void => {
    const leftMs = Math.min(end - Date.now(), steadyEnd - performance.now());
    if (leftMs <= 0) over.abort();
    else nap = setTimeout(look, Math.min(leftMs, maxNapMs));
  };
  look();
  return { over: over.signal, release: () => clearTimeout(nap) };
}
