import { existsSync, mkdirSync, renameSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { OverviewError } from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import {
  findLeftAgent,
  IterationPlan,
  UsageError,
  archiveFolder,
  formatGoOn,
  type FoundSession,
} from "@samocode/session";
import { acquireLock, isAlive, shellQuote } from "@samocode/process";
import type { WorktreeRecord } from "./worktree-list.ts";
import { findLosses, findRemovable, removeWorktree } from "./worktree-removal.ts";

export interface ArchiveOptions {
  /** Remove the worktree also with work in it that is in no commit. */
  readonly force: boolean;
  /** Leave the worktree where it is. */
  readonly keep: boolean;
}

/** What became of a session that was put away. */
export interface ArchiveResult {
  /** Where its folder is now. */
  readonly folder: string;
  /** Its worktree, if it had one. */
  readonly worktree?: {
    readonly path: string;
    readonly branch?: string;
    readonly removed: boolean;
  };
}

/**
 * Puts a session away: its folder goes to `_archive`, its worktree is removed, its branch is kept. After a
 * crash in between it is there as before, at most without its worktree, which the next run makes again.
 *
 * @throws {LockError} When a run holds the session.
 * @throws {UsageError} When an agent still works, or when work would be lost.
 */
export async function archiveSession(
  session: FoundSession,
  { force, keep }: ArchiveOptions,
): Promise<ArchiveResult> {
  const { store, name, project, place } = session;
  const lockName = ".run.lock";
  const lock = acquireLock(join(store.folder, lockName), { purpose: "archive" });
  try {
    refuseWhileAgentWorks(store, name);
    const record = await findItsWorktree(session);
    if (record !== undefined && !keep) {
      if (!force) await refuseLosses(record, name);
      const refusal = await removeWorktree(project.mainRepo, record, force);
      if (refusal !== undefined) throw cannotArchive(name, refusal, "Fix that, then try again");
    }
    const archive = archiveFolder(project.sessions);
    mkdirSync(archive, { recursive: true });
    const folder = freePath(join(archive, place.folderName));
    renameSync(store.folder, folder);
    unlinkSync(join(folder, lockName));
    if (record === undefined) return { folder };
    const { path, branch } = record;
    return {
      folder,
      worktree: { path, removed: !keep, ...(branch !== undefined && { branch }) },
    };
  } finally {
    lock.release();
  }
}

/** Its runner is dead, but the agent goes on: what it does would be lost. */
function refuseWhileAgentWorks(store: Store, name: string): void {
  const { state } = store.readHistoryTail();
  const plan = IterationPlan.safeParse(state?.["plan"]).data;
  if (plan === undefined || !(state?.to ?? "").startsWith("working.")) return;
  const agent = findLeftAgent(store.folder, plan);
  if (agent.type !== "started" || agent.identity === undefined || !isAlive(agent.identity)) return;
  throw cannotArchive(
    name,
    `an agent still works (pid ${agent.identity.pid}), although its runner exited`,
    `Reattach with: ${formatGoOn(name)}, and press ^C there if you do not need it`,
  );
}

async function findItsWorktree(session: FoundSession): Promise<WorktreeRecord | undefined> {
  const { store, project, place } = session;
  const { mainRepo, worktrees } = project;
  const named = readWorkingDir(store);
  const paths = [...(named === undefined ? [] : [named]), join(worktrees, place.folderName)];
  for (const path of paths) {
    const record = await findRemovable(mainRepo, worktrees, path);
    if (record !== undefined) return record;
  }
  return undefined;
}

function readWorkingDir(store: Store): string | undefined {
  try {
    return store.readOverview().workingDir;
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    return undefined;
  }
}

async function refuseLosses(record: WorktreeRecord, name: string): Promise<void> {
  const { path, locked } = record;
  if (locked !== undefined) {
    const reason = locked === "" ? "" : ` (${locked})`;
    const cure = `Unlock it with: git worktree unlock ${shellQuote(path)}, or use --force`;
    throw cannotArchive(name, `the worktree \`${path}\` is locked${reason}`, cure);
  }
  const losses = await findLosses(record);
  if (losses.length === 0) return;
  throw cannotArchive(
    name,
    `work in \`${path}\` would be lost: ${losses.join("; ")}`,
    "Commit it there, keep the worktree with --keep, or discard the work with --force",
  );
}

function cannotArchive(name: string, why: string, cure: string): UsageError {
  return new UsageError(`cannot archive \`${name}\`: ${why}. ${cure}.`);
}

/** The path itself, or one like it where a session was put away under that name before. */
function freePath(path: string): string {
  let free = path;
  for (let n = 2; existsSync(free); n++) free = `${path}-${n}`;
  return free;
}
