import { setTimeout as sleep } from "node:timers/promises";
import { printableText } from "@samocode/core";

/** What is wrong with a channel, on one line, without a known secret. */
export function faultOf(error: unknown): string {
  return printableText(error instanceof Error ? error.message : String(error), 300);
}

/** How long the channel asks to be left alone, in ms. */
export function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("retryAfterMs" in error)) return undefined;
  const { retryAfterMs } = error;
  return typeof retryAfterMs === "number" && retryAfterMs > 0 ? retryAfterMs : undefined;
}

/** Waits, or less where it is cancelled. The process stays for it. */
export async function pauseFor(ms: number, cancel: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: cancel }).catch(() => {});
}
