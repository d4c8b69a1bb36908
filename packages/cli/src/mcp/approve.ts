import { z } from "zod";
import { openSession } from "../config/open-session.ts";
import { UsageError } from "@samocode/session";
import { decideAndTell } from "./decision-text.ts";
import { readPlanVersion } from "./plan.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** Opens the gate for a person. */
export const approve = createTool({
  name: "approve",
  description:
    "Relays a person's approval of the plan of a session. Call it only after you have shown them the plan and they have approved it; never approve by yourself. It applies to exactly the version that they saw.",
  input: z.strictObject({
    session,
    version: z.string().max(100).describe("The version of the plan, as `plan` gave it"),
    note: z.string().max(20_000).optional().describe("A note from the person for the agent"),
  }),
  async act({ session, version, note }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    const plan = readPlanVersion(store, name);
    if (version !== plan.version) {
      throw new UsageError(
        `cannot approve version \`${version}\` of the plan of \`${name}\`: it is \`${plan.version}\` now. Read it with \`plan\`, and ask the person again`,
      );
    }
    return decideAndTell(store, name, {
      type: "approve",
      by,
      planHash: plan.hash,
      ...(note !== undefined && { note }),
    });
  },
});
