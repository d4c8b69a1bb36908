import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { LockOwner } from "../process/lock.ts";
import { isAlive, livenessOf } from "../process/process-identity.ts";
import { openSession } from "../session/open-session.ts";
import { readRunHolder } from "../session/session-lock.ts";
import { UsageError } from "../terminal/report-error.ts";
import { decideAndTell, tellDecision } from "./decision-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** How long a run may take to stop its agent and to record that, in ms. */
const stopMs = 20_000;
const pollMs = 50;

/** Stops the run of a session. */
export const stop = createTool({
  name: "stop",
  description:
    "Stops the runner of a session when the iteration that is on has ended, or at once with `now`. Nothing is lost: `start` goes on from there.",
  input: z.strictObject({
    session,
    now: z
      .boolean()
      .default(false)
      .describe("Interrupts the agent; what it does in this iteration is not finished"),
  }),
  async act({ session, now }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    const holder = readRunHolder(store);
    if (holder?.purpose !== "run") {
      throw new UsageError(`cannot stop \`${name}\`: no run holds it`);
    }
    if (!now) return decideAndTell(store, name, { type: "stop", by });
    // A pid means something only where it is.
    if (livenessOf(holder) === "elsewhere") {
      throw new UsageError(
        `cannot stop \`${name}\` from here: it runs on ${holder.host} (pid ${holder.pid})`,
      );
    }
    const hasEnded = await interruptRun(holder);
    return tellDecision(
      store,
      name,
      hasEnded ? "Its runner has stopped." : "Its runner still stops.",
    );
  },
});

/** Asks the run to stop at once and cleanly, and says whether it has ended in time. */
async function interruptRun(holder: LockOwner): Promise<boolean> {
  process.kill(holder.pid, "SIGINT");
  for (const end = performance.now() + stopMs; performance.now() < end; await sleep(pollMs)) {
    if (!isAlive(holder)) return true;
  }
  return false;
}
