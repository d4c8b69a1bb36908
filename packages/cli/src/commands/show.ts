import picocolors from "picocolors";
import {
  type ShowDocument,
  listArtifacts,
  readReport,
  tellStory,
  exitCodes,
} from "@samocode/session";
import { sessionBranch } from "@samocode/worktree";
import { openAnySession, type SessionFlags } from "../config/open-session.ts";
import { formatStory } from "../terminal/story-text.ts";
import { hasColor, printJson, printLine } from "../terminal/output.ts";
import { stdoutColumns } from "../terminal/wrapped-text.ts";

/** Tells the whole story of a session: what happened when, what it took, what it has made. */
export async function show(argument: string, flags: SessionFlags): Promise<number> {
  const named = await openAnySession(argument, flags);
  const { store, name, isArchived } = named;
  const now = Date.now();
  const report = { ...readReport(store, name), ...(isArchived === true && { archived: true }) };
  const { records } = store.readHistory();
  const story = {
    ...tellStory(records, now),
    branch: sessionBranch(named),
    artifacts: listArtifacts(store.folder),
  };
  const document: ShowDocument = { ...report, ...story };
  if (flags.json === true) printJson(document);
  else {
    const color = picocolors.createColors(hasColor(process.stdout));
    for (const line of formatStory(report, story, { columns: stdoutColumns(), color, now })) {
      printLine(line);
    }
  }
  return exitCodes.done;
}
