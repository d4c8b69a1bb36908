import { basename } from "node:path";
import { type RestoreDocument, formatGoOn, findSession, exitCodes } from "@samocode/session";
import { openArchived, type SessionFlags } from "../config/open-session.ts";
import { restoreSession } from "@samocode/worktree";
import { printJson, printLine } from "../terminal/output.ts";

/** Brings an archived session back, with its worktree. */
export async function restore(argument: string, flags: SessionFlags): Promise<number> {
  const archived = await openArchived(argument, flags);
  const { sessions } = archived.project;
  const { folder, worktree, notes } = await restoreSession(archived);
  const search = { argument: basename(folder), sessions, cwd: process.cwd(), now: new Date() };
  const { handle: session } = await findSession(search);
  if (flags.json === true) {
    const document: RestoreDocument = { session, folder, notes, ...(worktree && { worktree }) };
    printJson(document);
    return exitCodes.done;
  }
  printLine(`${session}: restored to ${folder}`);
  if (worktree !== undefined) printLine(`  worktree ${worktree.path}, branch ${worktree.branch}`);
  for (const note of notes) process.stderr.write(`samocode-run: ${note}\n`);
  printLine(`Continue: ${formatGoOn(session)}`);
  return exitCodes.done;
}
