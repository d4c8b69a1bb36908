import { printableText } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { z } from "zod";
import { readProjectConfig } from "../config/open-session.ts";
import { listSessions, sortByTurn, readReportOrFault } from "@samocode/session";
import { formatForList } from "./session-text.ts";
import { createTool } from "./tool.ts";

const maxSessions = 100;

/** Says where all sessions are. */
export const list = createTool({
  name: "list",
  description:
    "Lists all sessions of this project with their state: first those that need the person, then those at work, those ready to continue, and those that are done.",
  input: z.strictObject({}),
  looksOnly: true,
  async act(_input, { flags }) {
    const { project } = await readProjectConfig(flags);
    const places = await listSessions(project.sessions);
    if (places.length === 0) {
      return `No session in ${printableText(project.sessions, 400)}. \`start\` makes one.`;
    }
    const reports = places.map(({ folder, handle }) =>
      readReportOrFault(openStore(folder), handle),
    );
    const lines = sortByTurn(reports).slice(0, maxSessions).map(formatForList);
    const left = places.length - lines.length;
    return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join("\n");
  },
});
