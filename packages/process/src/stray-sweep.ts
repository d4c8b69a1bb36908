import { setTimeout as sleep } from "node:timers/promises";
import { runIdVariable } from "./run-id.ts";
import type { ProcessMark } from "./process-mark.ts";
import { findByEnvironment } from "./process-table.ts";

/** What a sweep did: ids of processes. */
export interface Sweep {
  /** Ended by it. */
  readonly ended: readonly number[];
  /** Still there: not ours to end, or stuck in the kernel. */
  readonly left: readonly number[];
}

export interface SweepOptions {
  /**
   * When the first process of the run was started, if that is known: it makes the search faster.
   * @default all processes are looked at
   */
  readonly since?: ProcessMark;
  /**
   * How long a stray may take to end after SIGTERM before SIGKILL.
   * @default 1000
   */
  readonly graceMs?: number;
  /**
   * When to give up on what does not go away.
   * @default 5000
   */
  readonly timeoutMs?: number;
  /** Cuts the grace short. */
  readonly kill?: AbortSignal | undefined;
}

const pollMs = 20;

/**
 * Ends what an iteration has left running: every process that carries its run id in its environment,
 * also those in groups and sessions of their own, never one by its name, and never this one.
 *
 * Waits until they are gone; at once if there are none. What they start meanwhile is ended too.
 *
 * @example
 * const { left } = await sweepRun(runId);
 */
export async function sweepRun(runId: string, options: SweepOptions = {}): Promise<Sweep> {
  const { graceMs = 1000, timeoutMs = 5000, since, kill } = options;
  const startedAt = performance.now();
  const seen = new Set<number>();
  for (;;) {
    const found = findByEnvironment(runIdVariable, runId, since);
    const strays = found.filter((pid) => pid !== process.pid);
    const waitedMs = performance.now() - startedAt;
    if (strays.length === 0 || waitedMs > timeoutMs) {
      return { ended: [...seen].filter((pid) => !strays.includes(pid)), left: strays };
    }
    for (const pid of strays) {
      if (waitedMs > graceMs || kill?.aborted === true) send("SIGKILL", pid);
      else if (!seen.has(pid)) send("SIGTERM", pid);
      seen.add(pid);
    }
    await sleep(pollMs);
  }
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile, or belongs to somebody else: then it is reported as left.
  }
}
