import { z } from "zod";
import { openSession } from "../config/open-session.ts";
import { decideAndTell } from "./decision-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** Sends the plan back to planning. */
export const reject = createTool({
  name: "reject",
  description:
    "Relays a person's rejection of the plan. The planning agent gets their feedback and writes a new plan.",
  input: z.strictObject({
    session,
    feedback: z
      .string()
      .max(20_000)
      .refine((text) => text.trim() !== "", "expected what should change")
      .describe("What should change, as the person put it"),
  }),
  async act({ session, feedback }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    return decideAndTell(store, name, { type: "reject", feedback, by });
  },
});
