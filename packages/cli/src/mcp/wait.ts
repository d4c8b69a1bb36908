import { z } from "zod";
import { openSession } from "../config/open-session.ts";
import { readReport } from "@samocode/session";
import { formatForParent } from "./session-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";
import { watchUntilItMatters } from "./watch-until-it-matters.ts";

/** Waits until a session needs its parent. */
export const wait = createTool({
  name: "wait",
  description: [
    "Follows a session and returns when something needs attention: it asks questions, its plan waits for approval, it is blocked, failed or done, it hits a usage limit, or its runner exits.",
    "Use this instead of polling. After `seconds` it returns `still running`: call it again.",
  ].join(" "),
  input: z.strictObject({
    session,
    seconds: z
      .number()
      .min(0)
      .max(3600)
      .default(50)
      .describe(
        "Maximum time to wait. Stay below the call timeout of your client, often 60 s. Claude Code has none: 600 saves you turns",
      ),
  }),
  looksOnly: true,
  async act({ session, seconds }, { flags, cancel, progress, news }) {
    const { store, name } = await openSession(session, flags);
    const ms = seconds * 1000;
    const matters = await watchUntilItMatters(store, name, { ms, cancel, progress });
    return [
      ...(matters ? [] : [`Still running after ${seconds} s. Call \`wait\` again.`]),
      formatForParent(readReport(store, name)),
      news.take(store),
    ]
      .filter((part) => part !== "")
      .join("\n");
  },
});
