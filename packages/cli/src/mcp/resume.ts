import { phases } from "@samocode/core";
import { z } from "zod";
import { openSession } from "../config/open-session.ts";
import { decideAndTell } from "./decision-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** Lets a session go on that is blocked, or waits for something else than answers or an approval. */
export const resume = createTool({
  name: "resume",
  description:
    "Relays that a person has cleared what blocked a session, or has done what it waits for. It never opens the plan gate.",
  input: z.strictObject({
    session,
    phase: z
      .enum(phases)
      .optional()
      .describe("The phase to continue in (default: where it stopped)"),
    note: z.string().max(20_000).optional().describe("A note for the next agent"),
  }),
  async act({ session, phase, note }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    return decideAndTell(store, name, {
      type: "resume",
      by,
      ...(phase !== undefined && { phase }),
      ...(note !== undefined && { note }),
    });
  },
});
