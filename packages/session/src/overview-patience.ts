import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { OverviewError } from "@samocode/core/overview";

/** How an overview that cannot be read is waited for. */
export interface OverviewPatience {
  /** In ms since it was last saved, or from now on if it is missing. @default 3000 */
  readonly maxMs?: number | undefined;
  /** How often it is read again, in ms. @default 100 */
  readonly pollMs?: number;
  /** Ends the wait. */
  readonly cancel?: AbortSignal;
  /** Called each time that it cannot be read. */
  readonly onFault?: (error: OverviewError) => void;
}

/**
 * Does what needs the overview, again and again while it cannot be read: an editor may have put it aside, or have saved
 * half of it.
 *
 * @throws {OverviewError} When it still cannot be read after that time.
 */
export async function withReadableOverview<Result>(
  action: () => Result | Promise<Result>,
  { maxMs = 3000, pollMs = 100, cancel, onFault }: OverviewPatience = {},
): Promise<Result> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof OverviewError)) throw error;
      onFault?.(error);
      const waitedMs = Math.max(performance.now() - startedAt, msSinceSave(error.file));
      if (waitedMs >= maxMs || cancel?.aborted === true) throw error;
    }
    // A wait that is cancelled is over.
    await sleep(pollMs, undefined, cancel && { signal: cancel }).catch(() => {});
  }
}

/** How long ago a file was saved, in ms; 0 if it is missing. One that has been wrong for long is not being saved. */
function msSinceSave(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - Math.max(stats.mtimeMs, stats.ctimeMs);
}
