import { openStore } from "@samocode/core/store";
import picocolors from "picocolors";
import {
  listArchived,
  listSessions,
  sortByTurn,
  readReportOrFault,
  exitCodes,
} from "@samocode/session";
import { readProjectConfig, type SessionFlags } from "../config/open-session.ts";
import { formatList } from "../terminal/session-list.ts";
import { hasColor, printJson, printLine } from "../terminal/output.ts";
import { stdoutColumns } from "../terminal/wrapped-text.ts";

/** Says where all sessions are, one per line; with `archived` those that are archived. */
export async function list(flags: SessionFlags & { readonly archived?: boolean }): Promise<number> {
  const { project } = await readProjectConfig(flags);
  const isArchive = flags.archived === true;
  const places = await (isArchive ? listArchived : listSessions)(project.sessions);
  const reports = places.map(({ folder, handle }) => ({
    ...readReportOrFault(openStore(folder), handle),
    ...(isArchive && { archived: true }),
  }));
  if (flags.json === true) printJson(sortByTurn(reports));
  else if (reports.length === 0) {
    printLine(
      isArchive
        ? `No archived session in ${project.sessions}.`
        : `No session in ${project.sessions}. Start one: samocode-run NAME --task "…"`,
    );
  } else {
    const color = picocolors.createColors(hasColor(process.stdout));
    const view = { columns: stdoutColumns(), color, now: Date.now() };
    for (const line of formatList(reports, view)) printLine(line);
  }
  return exitCodes.done;
}
