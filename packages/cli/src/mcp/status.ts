import { z } from "zod";
import { openSession } from "../config/open-session.ts";
import { readReportOrFault } from "@samocode/session";
import { formatForParent } from "./session-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

/** Says where a session is. */
export const status = createTool({
  name: "status",
  description:
    "Shows the state of a session, what it waits for and what to do next. Returns at once; to follow a session, call `wait` rather than this in a loop.",
  input: z.strictObject({ session }),
  looksOnly: true,
  async act({ session }, { flags }) {
    const { store, name } = await openSession(session, flags);
    return formatForParent(readReportOrFault(store, name));
  },
});
