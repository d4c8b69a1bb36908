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
 * @param dueAt When it is over, Unix time in ms.
 * @param delayMs How long that was when it was decided: it takes no longer, whatever becomes of the clock.
 * @example
 * const { over, release } = startTimer(Date.now() + 5000);
 */
export function startTimer(dueAt: number, delayMs = dueAt - Date.now()): Timer {
  const over = new AbortController();
  const steadyEnd = performance.now() + delayMs;
  let nap: NodeJS.Timeout | undefined;
  const look = (): void => {
    const leftMs = Math.min(dueAt - Date.now(), steadyEnd - performance.now());
    if (leftMs <= 0) over.abort();
    else nap = setTimeout(look, Math.min(leftMs, maxNapMs));
  };
  look();
  return { over: over.signal, release: () => clearTimeout(nap) };
}
