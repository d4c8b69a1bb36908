import { z } from "zod";
import { decide, refusedInterrupt, interruptRun, waitForEnd } from "@samocode/session";
import { openSession } from "../config/open-session.ts";
import { tellDecision } from "./decision-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** How long a run may take to end its agent, in ms; a client may not wait for longer. */
const patienceMs = 30_000;

/** Stops the run of a session. */
export const stop = createTool({
  name: "stop",
  description:
    "Stops the runner of a session after the current iteration, or at once with `now`. Nothing is lost: `start` continues from there.",
  input: z.strictObject({
    session,
    now: z.boolean().default(false).describe("Interrupt the agent in the middle of its iteration"),
  }),
  async act({ session, now }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    const nothing = "It is not running: nothing to stop.";
    if (!now) {
      const { taken, to } = await decide(store, { type: "stop", by });
      const when = to.startsWith("working.") ? "when this iteration ends" : "at once";
      return tellDecision(store, name, taken ? `Its runner stops ${when}.` : nothing);
    }
    const interrupt = interruptRun(store);
    if (interrupt.type === "none") return tellDecision(store, name, nothing);
    if (interrupt.type !== "sent") throw refusedInterrupt(name, interrupt);
    const hasEnded = await waitForEnd(store, interrupt.holder, patienceMs);
    const told = hasEnded
      ? "Its runner has stopped."
      : "Its runner was interrupted and is shutting down.";
    return tellDecision(store, name, told);
  },
});
