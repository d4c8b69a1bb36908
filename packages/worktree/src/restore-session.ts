import { existsSync, renameSync, unlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { OverviewError } from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import { acquireLock } from "@samocode/process";
import { UsageError, formatCommand, type FoundSession } from "@samocode/session";
import { createWorktree } from "./worktree.ts";
import { WorktreeError } from "./worktree-error.ts";
import { hasCommit } from "./worktree-base.ts";
import { sessionBranch } from "./new-session.ts";

/** What became of a session that was restored. */
export interface RestoreResult {
  /** Where its folder is now. */
  readonly folder: string;
  readonly worktree?: { readonly path: string; readonly branch: string };
  /** What the human should know, one line each. */
  readonly notes: readonly string[];
}

/**
 * Moves an archived session back, then makes its worktree again from its branch. After a crash in between, the next
 * run makes the worktree.
 *
 * @throws {UsageError} When another session is in its place.
 * @throws {LockError} When another command has it.
 */
export async function restoreSession(session: FoundSession): Promise<RestoreResult> {
  const { store, name, project, place } = session;
  const folderName = nameBefore(place.folderName, readWorkingDir(store));
  const folder = join(project.sessions, folderName);
  const lockName = ".run.lock";
  const lock = acquireLock(join(store.folder, lockName), { purpose: "restore" });
  try {
    if (existsSync(folder)) {
      throw new UsageError(
        `cannot restore \`${name}\`: \`${folder}\` already exists. Archive that session first: ${formatCommand("archive", folderName)}`,
      );
    }
    renameSync(store.folder, folder);
    unlinkSync(join(folder, lockName));
  } finally {
    lock.release();
  }
  return { folder, ...(await restoreWorktree(session, folderName)) };
}

async function restoreWorktree(
  session: FoundSession,
  folderName: string,
): Promise<Omit<RestoreResult, "folder">> {
  const { mainRepo, worktrees } = session.project;
  const branch = sessionBranch(session);
  if (!(await hasCommit(mainRepo, `refs/heads/${branch}`))) {
    return {
      notes: [`the branch \`${branch}\` is gone: the next run starts a new one from the base`],
    };
  }
  try {
    const { path, notes } = await createWorktree({ mainRepo, worktrees, folderName, branch });
    return { worktree: { path, branch }, notes };
  } catch (error) {
    if (!(error instanceof WorktreeError)) throw error;
    return { notes: [error.message] };
  }
}

/**
 * The name of the folder before it was archived: one that was archived under a taken name has a number behind it.
 *
 * @example
 * nameBefore("26-01-15-login-2", "/worktrees/26-01-15-login"); // "26-01-15-login"
 */
export function nameBefore(archived: string, workingDir: string | undefined): string {
  const before = basename(workingDir ?? "");
  const isNumbered = before !== "" && archived.startsWith(`${before}-`);
  return isNumbered && /^\d+$/.test(archived.slice(before.length + 1)) ? before : archived;
}

function readWorkingDir(store: Store): string | undefined {
  try {
    return store.readOverview().workingDir;
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    return undefined;
  }
}
