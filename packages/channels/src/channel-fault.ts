import { setTimeout as sleep } from "node:timers/promises";
import { printableText } from "@samocode/core/overview";
import { formatDuration } from "@samocode/session";

/** What is wrong with a channel, on one line, without a known secret. */
export function faultOf(error: unknown): string {
  return printableText(error instanceof Error ? error.message : String(error), 400);
}

const maxRetryAfterMs = 3_600_000;

/** How long the channel asks to be left alone, in ms; at most an hour. */
export function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("retryAfterMs" in error)) return undefined;
  const { retryAfterMs } = error;
  const isTime = typeof retryAfterMs === "number" && retryAfterMs > 0;
  return isTime ? Math.min(retryAfterMs, maxRetryAfterMs) : undefined;
}

/** Says when a channel is tried again that has failed. */
export function formatNextTry(error: unknown): string {
  const retryAfterMs = retryAfterOf(error);
  const when = retryAfterMs === undefined ? "" : ` in ${formatDuration(retryAfterMs)}`;
  return `Retrying${when}, and at the next start.`;
}

/** Waits, or less if it is cancelled. The process stays for it. */
export async function pauseFor(ms: number, cancel: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: cancel }).catch(() => {});
}
