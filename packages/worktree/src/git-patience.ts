import { setTimeout as sleep } from "node:timers/promises";
import type { GitResult } from "./git.ts";

/** How long a git that stands in the way is waited for, in ms. */
const patienceMs = 10_000;

/** Git's words for what another git holds, or has half made, at this moment. */
const passing =
  /could not lock|cannot lock|\.lock'|File exists|failed to read|commondir|unable to (?:read|create|write|open)|could not create|No such file or directory/i;

/** Whether a git command that failed may succeed if it is tried again soon: several sessions start or end at once. */
export function isPassing({ ok, message }: Pick<GitResult, "ok" | "message">): boolean {
  return !ok && passing.test(message);
}

/**
 * Tries a git command again as long as another git is in its way.
 *
 * @param attempt Told the number of the try, counted from 0.
 * @returns how the last try ended.
 * @throws the reason of `cancel` when it is cancelled while it waits.
 */
export async function tryPatiently(
  attempt: (tries: number) => Promise<GitResult>,
  { cancel, waitMs = patienceMs }: { readonly cancel?: AbortSignal; readonly waitMs?: number } = {},
): Promise<GitResult> {
  const end = performance.now() + waitMs;
  for (let tries = 0; ; tries++) {
    const result = await attempt(tries);
    if (!isPassing(result) || performance.now() >= end) return result;
    // By chance, for those who wait should not all come back together.
    await sleep(20 + Math.random() * 130, undefined, cancel ? { signal: cancel } : {});
  }
}
