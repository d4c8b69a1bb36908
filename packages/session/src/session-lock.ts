import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@samocode/core/store";
import {
  acquireLock,
  readLockHolder,
  withLock,
  type Lock,
  LockError,
  type LockOwner,
} from "@samocode/process";

/** Takes a session for a run, for as long as the run lives, or for the moment in which it is made (`start`). */
export function acquireRunLock(folder: string, purpose: "run" | "start" = "run"): Lock {
  return acquireLock(runLock(folder), { purpose, isLong: purpose === "run" });
}

/** What a run may do while it is not known whether another one still holds its session. */
export interface RunLockOptions {
  /** Ends the waiting. */
  readonly cancel: AbortSignal;
  /** Called once if it takes a while to find out whether the holder is alive. */
  readonly onWatch: (holder: LockOwner | undefined) => void;
  /** How often the lock is looked at meanwhile. @default 500 */
  readonly pollMs?: number;
}

/**
 * Takes a session for a run as {@link acquireRunLock} does. A holder that cannot be seen and shows no sign of life is
 * watched for a while, and then known to be dead or alive.
 *
 * @throws {LockError} If somebody alive holds it.
 * @throws the reason of `cancel` if it was cancelled.
 */
export async function takeRunLock(folder: string, options: RunLockOptions): Promise<Lock> {
  const { cancel, onWatch, pollMs = 500 } = options;
  for (let looks = 0; ; looks++) {
    try {
      return acquireRunLock(folder);
    } catch (error) {
      if (!(error instanceof LockError && error.isWatched)) throw error;
      if (looks === 0) onWatch(error.holder);
      await sleep(pollMs, undefined, { signal: cancel });
    }
  }
}

/** The run that holds a session now. */
export function readRunHolder({ folder }: Pick<Store, "folder">): LockOwner | undefined {
  return readLockHolder(runLock(folder));
}

/** Commands decide while a run waits: whoever changes the folder holds this lock for that moment. */
export async function withWriteLock<Result>(store: Store, work: () => Result): Promise<Result> {
  return withLock(join(store.folder, ".write.lock"), work, { purpose: "write" });
}

function runLock(folder: string): string {
  return join(folder, ".run.lock");
}
