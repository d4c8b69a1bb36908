import { join } from "node:path";
import type { Store } from "@samocode/core";
import {
  acquireLock,
  readLockHolder,
  withLock,
  type Lock,
  type LockOwner,
} from "../process/lock.ts";

/** Takes a session for a run, for as long as the run lives, or for the moment in which it is made (`start`). */
export function acquireRunLock(folder: string, purpose: "run" | "start" = "run"): Lock {
  return acquireLock(join(folder, ".run.lock"), { purpose });
}

/** The run that holds a session now. */
export function readRunHolder({ folder }: Pick<Store, "folder">): LockOwner | undefined {
  return readLockHolder(join(folder, ".run.lock"));
}

/** Commands decide while a run waits: whoever changes the folder holds this lock for that moment. */
export async function withWriteLock<Result>(store: Store, work: () => Result): Promise<Result> {
  return withLock(join(store.folder, ".write.lock"), work, { purpose: "write" });
}
