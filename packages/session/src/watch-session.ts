import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@samocode/core/store";
import { createSessionWatch, type Driven, type SessionWatchOptions } from "./session-watch.ts";

/** How to watch a session. */
export interface WatchOptions extends SessionWatchOptions {
  readonly cancel: AbortSignal;
  /** Goes on where the session rests, until it is cancelled. @default false */
  readonly stay?: boolean;
  /** How often to look, in ms. @default 200 */
  readonly pollMs?: number;
}

/**
 * Tells what happens to a session that another process runs, or that nobody runs, as that run tells it: from its
 * history and the log of the running iteration. Nothing is changed, and what was read is never read again.
 *
 * @returns The exit code of a run that ends where the session rests; nothing if it was cancelled.
 * @throws {StoreError} When the folder cannot be read.
 * @example
 * await watchSession(store, { log: claudeLog, tell: ({ type }) => console.log(type), cancel: AbortSignal.timeout(5000) });
 */
export async function watchSession(
  store: Store,
  options: WatchOptions,
): Promise<number | undefined> {
  const { cancel, stay = false, pollMs = 200 } = options;
  const watch = createSessionWatch(store, options);
  try {
    watch.enter();
    let before: Driven = "run";
    let isResting = false;
    for (; !cancel.aborted; await pause(pollMs, cancel)) {
      const now = await watch.look();
      if (now === "run" && isResting) {
        watch.enter();
        isResting = false;
      }
      if (now !== before && now === "agent") watch.tellLost();
      if (now !== before && now === "rest") {
        const exitCode = watch.tellRest();
        if (!stay) return exitCode;
        isResting = true;
      }
      before = now;
    }
    return undefined;
  } finally {
    watch.close();
  }
}

async function pause(ms: number, cancel: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: cancel });
  } catch {
    // Cancelled: the loop sees it.
  }
}
