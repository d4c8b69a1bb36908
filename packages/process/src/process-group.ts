/** When a process and all that it has started are to be ended. */
export interface GroupLimits {
  readonly cancel?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** How long it may take to end after SIGTERM before SIGKILL. @default 2000 */
  readonly graceMs?: number;
}

/**
 * Waits for the leader of a process group and what it has started, and ends them all if that is asked for, or if
 * their time is over.
 *
 * @param running Settles once the process has ended and its output is closed.
 * @example
 * const { result } = await waitForGroup(execa("git", args, { detached: true, reject: false }), { cancel });
 */
export async function waitForGroup<Result>(
  running: Promise<Result> & { readonly pid?: number | undefined },
  { cancel, timeoutMs, graceMs = 2000 }: GroupLimits,
): Promise<{ readonly result: Result; readonly isOverTime: boolean }> {
  const timers: NodeJS.Timeout[] = [];
  let isOverTime = false;
  const end = (): void => {
    signalGroup(running.pid, "SIGTERM");
    timers.push(setTimeout(() => signalGroup(running.pid, "SIGKILL"), graceMs));
  };
  if (cancel?.aborted === true) end();
  else cancel?.addEventListener("abort", end, { once: true });
  if (timeoutMs !== undefined) {
    const giveUp = (): void => {
      isOverTime = true;
      end();
    };
    timers.push(setTimeout(giveUp, timeoutMs));
  }
  try {
    const result = await running;
    return { result, isOverTime };
  } finally {
    cancel?.removeEventListener("abort", end);
    for (const timer of timers) clearTimeout(timer);
  }
}

/** Sends a signal to a process group, if it is still there. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended, and nobody is left in its group.
  }
}
