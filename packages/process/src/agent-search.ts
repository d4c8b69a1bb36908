import { readlinkSync, realpathSync } from "node:fs";
import { identifyProcess, type ProcessIdentity } from "./process-identity.ts";
import { runIdVariable } from "./run-id.ts";
import { findByEnvironment } from "./process-table.ts";

/**
 * The agent of a run that was started but not written down, because the runner died in between:
 * the oldest process that carries the run id and writes to the log. `undefined` if there is none.
 *
 * Where the system does not tell what a process writes to, the oldest process of the run is taken.
 *
 * @example
 * const identity = findAgent(runId, logFile);
 * if (identity !== undefined) await adoptAgent({ ...options, identity });
 */
export function findAgent(runId: string, logFile: string): ProcessIdentity | undefined {
  const [oldest] = findByEnvironment(runIdVariable, runId)
    .filter((pid) => pid !== process.pid && canWriteTo(pid, logFile))
    .map(identifyProcess)
    .filter((identity) => identity !== undefined)
    .sort((one, other) => ageOf(one) - ageOf(other) || one.pid - other.pid);
  return oldest;
}

function canWriteTo(pid: number, file: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/fd/1`) === realpathSync(file);
  } catch {
    return false;
  }
}

/** Ticks since boot, or a date. */
function ageOf({ startTime }: ProcessIdentity): number {
  const ticks = Number(startTime);
  return Number.isNaN(ticks) ? Date.parse(startTime ?? "") || 0 : ticks;
}
