import { basename } from "node:path";
import { type ArchiveDocument, formatCommand, exitCodes } from "@samocode/session";
import { archiveSession, type ArchiveOptions } from "@samocode/worktree";
import { openSession, type SessionFlags } from "../config/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";

/** Puts a session away, with its worktree; its branch is kept. */
export async function archive(
  argument: string,
  flags: SessionFlags & ArchiveOptions,
): Promise<number> {
  const session = await openSession(argument, flags);
  const { name } = session;
  const { folder, worktree } = await archiveSession(session, flags);
  if (flags.json === true) {
    const document: ArchiveDocument = { session: name, folder, ...(worktree && { worktree }) };
    printJson(document);
    return exitCodes.done;
  }
  printLine(`${name}: archived in ${folder}`);
  if (worktree !== undefined) {
    const { path, branch, removed } = worktree;
    const rest = branch === undefined ? "" : `, the branch ${branch} is kept`;
    printLine(removed ? `  worktree ${path} removed${rest}` : `  worktree ${path}is kept`);
  }
  printLine(`Restore: ${formatCommand("restore", basename(folder))}`);
  return exitCodes.done;
}
