import { exitCodes, formatReport, readReportOrFault } from "@samocode/session";
import { openAnySession, type SessionFlags } from "../config/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";
import { stdoutColumns, wrapText } from "../terminal/wrapped-text.ts";
import { list } from "./list.ts";

/** Says where a session is and what it waits for; without a name, where all of them are. */
export async function showStatus(
  argument: string | undefined,
  flags: SessionFlags,
): Promise<number> {
  if (argument === undefined) return list(flags);
  const { store, name, isArchived } = await openAnySession(argument, flags);
  const report = {
    ...readReportOrFault(store, name),
    ...(isArchived === true && { archived: true }),
  };
  if (flags.json === true) printJson(report);
  else for (const line of wrapText(formatReport(report), stdoutColumns())) printLine(line);
  return exitCodes.done;
}
