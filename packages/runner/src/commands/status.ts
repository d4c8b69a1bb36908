import { openStore } from "@samocode/core";
import { exitCodes } from "../terminal/exit-code.ts";
import { openSession, readProjectConfig, type SessionFlags } from "../session/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";
import { listSessions } from "../session/session-folder.ts";
import { formatReport, readReport, readReportOrFault } from "../session/session-report.ts";

/** Says where a session is and what it waits for; without a name, where all of them are. */
export async function showStatus(
  argument: string | undefined,
  flags: SessionFlags,
): Promise<number> {
  if (argument === undefined) return showAll(flags);
  const { store, name } = await openSession(argument, flags);
  const report = readReport(store, name);
  if (flags.json === true) printJson(report);
  else printLine(formatReport(report));
  return exitCodes.done;
}

async function showAll(flags: SessionFlags): Promise<number> {
  const { project } = await readProjectConfig(flags);
  const places = await listSessions(project.sessions);
  const reports = places.map(({ folder, handle }) => readReportOrFault(openStore(folder), handle));
  if (flags.json === true) printJson(reports);
  else if (reports.length === 0) {
    printLine(`No session in ${project.sessions}. Start one: samocode-run NAME --task "…"`);
  } else for (const report of reports) printLine(formatReport(report));
  return exitCodes.done;
}
