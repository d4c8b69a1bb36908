import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@samocode/core/store";
import { type LockOwner, livenessOf } from "@samocode/process";
import { readRunHolder } from "./session-lock.ts";

/**
 * What came of the wish to end a run at once. `none`: no run holds the session; `elsewhere`: it is on another
 * machine or in another container; `forbidden`: it belongs to somebody else; `busy`: it is no run, but a command
 * that has the session for a moment.
 */
export type Interrupt =
  | { readonly type: "none" }
  | { readonly type: "sent"; readonly holder: LockOwner }
  | { readonly type: "elsewhere" | "forbidden" | "busy"; readonly holder: LockOwner };

/** Interrupts the run that holds a session, as ^C in its terminal does: it ends its agent and leaves all whole. */
export function interruptRun(store: Store): Interrupt {
  const holder = readRunHolder(store);
  if (holder === undefined) return { type: "none" };
  if (livenessOf(holder) === "elsewhere") return { type: "elsewhere", holder };
  if (holder.purpose !== "run") return { type: "busy", holder };
  try {
    process.kill(holder.pid, "SIGINT");
    return { type: "sent", holder };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ESRCH") return { type: "none" };
    if (code === "EPERM") return { type: "forbidden", holder };
    throw error;
  }
}

/** How often it is looked whether a run has ended, in ms. */
const pollMs = 100;

/** Waits until a run has given a session back, and says whether it has within that time. */
export async function waitForEnd(
  store: Store,
  { token }: LockOwner,
  patienceMs: number,
): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (readRunHolder(store)?.token === token) {
    if (performance.now() > end) return false;
    await sleep(pollMs);
  }
  return true;
}
