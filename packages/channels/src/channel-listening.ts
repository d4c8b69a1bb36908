import type { Channel, Desk } from "@samocode/core";
import { acquireLock, type Lock, LockError } from "@samocode/process";
import { faultOf, formatNextTry, pauseFor, retryAfterOf } from "./channel-fault.ts";

export interface ListeningOptions {
  readonly name: string;
  readonly channel: Channel;
  readonly desk: Desk;
  /** Where the lock is of the one process that listens; absent if each process listens. */
  readonly lockPath?: string;
  readonly cancel: AbortSignal;
  readonly warn: (text: string) => void;
  /** How often is looked whether another process still listens. @default 2000 */
  readonly lookMs?: number;
  /** The pause after the first failure; it doubles up to a minute. @default 1000 */
  readonly pauseMs?: number;
}

/** A channel that listens until it is cancelled. */
export interface Listening {
  /**
   * Resolves once all is handed in that people said before, or when that cannot be known: another
   * process listens, or the channel fails.
   */
  readonly caughtUp: Promise<void>;
  /** Resolves once the channel has stopped to listen. */
  readonly ended: Promise<void>;
}

const maxPauseMs = 60_000;

/** Lets a channel listen, in one process at a time, and again if it fails. It never rejects. */
export function listenTo(options: ListeningOptions): Listening {
  let settle: (() => void) | undefined;
  const caughtUp = new Promise<void>((resolve) => (settle = resolve));
  const ended = keepListening(options, () => settle?.()).finally(() => settle?.());
  return { caughtUp, ended };
}

async function keepListening(options: ListeningOptions, caughtUp: () => void): Promise<void> {
  const { name, channel, cancel, warn, lookMs = 2000, pauseMs = 1000 } = options;
  const desk: Desk = { ...options.desk, caughtUp };
  let pause = pauseMs;
  while (!cancel.aborted) {
    const lock = takeTurn(options);
    if (lock === "held") {
      caughtUp();
      await pauseFor(lookMs, cancel);
      continue;
    }
    const startedAt = performance.now();
    try {
      await channel.listen?.(desk, cancel);
      return;
    } catch (error) {
      if (cancel.aborted) return;
      warn(`${name}: cannot listen for replies: ${faultOf(error)}. ${formatNextTry(error)}`);
      // What had listened for a while is no failure in a row.
      if (performance.now() - startedAt > maxPauseMs) pause = pauseMs;
      lock?.release();
      caughtUp();
      await pauseFor(retryAfterOf(error) ?? pause, cancel);
      pause = Math.min(2 * pause, maxPauseMs);
    } finally {
      lock?.release();
    }
  }
}

/** The lock of the process that listens; nothing if none is needed or can be made. */
function takeTurn({ name, lockPath, warn }: ListeningOptions): Lock | "held" | undefined {
  if (lockPath === undefined) return undefined;
  try {
    return acquireLock(lockPath, { purpose: "listen", isLong: true });
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    if (error.code === "SAMOCODE_LOCK_HELD") return "held";
    warn(`${name}: ${faultOf(error)}`);
    return undefined;
  }
}
