import { lstat, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { branchFault } from "@samocode/session";
import { git, listUnusedFilters, type GitOptions, type GitResult } from "./git.ts";
import { tryPatiently } from "./git-patience.ts";
import { shellQuote } from "@samocode/process";
import { describeMissing, hasCommit, shortRef } from "./worktree-base.ts";
import { WorktreeError, type Fail } from "./worktree-error.ts";
import { findWorktree, type WorktreeRecord } from "./worktree-list.ts";
import { removeRemains } from "./worktree-remains.ts";
import { repairWorktree } from "./worktree-repair.ts";
import { findStart, type Start } from "./worktree-start.ts";

/** What a worktree is made of. */
export interface WorktreeRequest {
  readonly mainRepo: string;
  /** The folder that holds all worktrees. */
  readonly worktrees: string;
  /** The name of the session folder; the worktree gets the same. */
  readonly folderName: string;
  readonly branch: string;
  /** Folder name of the archived session that had the same name before. */
  readonly earlier?: string | undefined;
  readonly cancel?: AbortSignal;
}

/** A worktree that is there, on its branch. */
export interface Worktree {
  readonly path: string;
  readonly branch: string;
  /** What the branch was started from, if it is new. */
  readonly base: string | undefined;
  /** `created`: with a new branch; `attached`: to a branch that was there; `existing`: nothing had to be done. */
  readonly how: "created" | "attached" | "existing";
  /** What the person should know, one line each. */
  readonly notes: readonly string[];
}

/**
 * Makes sure that `WORKTREES/FOLDER` is a worktree of the main repository, on `branch`. May be called again after a
 * crash at any point, and for several sessions at once. Nothing in the main repository is changed but its list of
 * worktrees and its branches; nothing that a person may have made is removed. One caller at a time for one session:
 * hold its lock.
 *
 * @throws {WorktreeError} when it cannot be made; nothing is left half done that a next call would stumble over.
 * @example
 * const { path } = await createWorktree({ mainRepo, worktrees, folderName: "26-01-08-fix", branch: "fix" });
 */
export async function createWorktree(request: WorktreeRequest): Promise<Worktree> {
  const { mainRepo, branch, cancel } = request;
  const path = join(request.worktrees, request.folderName);
  const fail: Fail = (what, cure) => new WorktreeError(what, cure, path);

  const fault = branchFault(branch);
  if (fault !== undefined) {
    throw fail(`git does not accept \`${branch}\` as a branch: ${fault}`, "Choose another name.");
  }
  await removeRemains(mainRepo, path, cancel);
  const repository = await tryPatiently(() => git(mainRepo, ["worktree", "list"]), request);
  if (!repository.ok) {
    throw fail(`${mainRepo}: ${repository.message}`, "Fix MAIN_REPO in `.samocode`.");
  }

  const isOccupied = !(await isFree(path));
  const isRepaired = isOccupied && (await repairWorktree(mainRepo, path));
  const record = await findUsable(mainRepo, path, fail);
  if (record !== undefined) {
    const notes = isRepaired ? [`the worktree was reconnected to \`${mainRepo}\``] : [];
    if (record.branch === branch) return { path, branch, base: undefined, how: "existing", notes };
    const there = record.branch === undefined ? "no branch" : `the branch \`${record.branch}\``;
    throw fail(
      `it exists with ${there} checked out, not \`${branch}\``,
      `Run: git -C ${shellQuote(path)} switch ${shellQuote(branch)}, or choose another name for the session.`,
    );
  }
  if (isOccupied) {
    throw fail(
      `something else is there, not a worktree of ${mainRepo}`,
      `Inspect it, and move it away: mv ${shellQuote(path)} ${shellQuote(`${path}.old`)}`,
    );
  }

  const start = await findStart({ repo: mainRepo, branch, earlier: request.earlier }, fail);
  cancel?.throwIfAborted();
  const added = await addWorktree(request, path, start);
  const made = await findWorktree(mainRepo, path);
  if (
    made === undefined ||
    made.stale ||
    made.branch !== branch ||
    made.locked === "initializing"
  ) {
    throw fail(
      `git: ${added.message || "it failed without a message"}`,
      `Fix that in ${mainRepo}, then run again.`,
    );
  }
  const notes = [...start.notes, ...(await describeMade(mainRepo, start, added, request))];
  if (start.base === undefined) return { path, branch, base: undefined, how: "attached", notes };
  return { path, branch, base: shortRef(start.base), how: "created", notes };
}

/** Another git may be in the way, and the branch may have been made when it was. */
async function addWorktree(
  { mainRepo, branch, cancel }: WorktreeRequest,
  path: string,
  { options, from }: Start,
): Promise<GitResult> {
  const gitOptions: GitOptions = cancel === undefined ? {} : { cancel };
  return tryPatiently(async (tries) => {
    if (tries > 0) await removeRemains(mainRepo, path, cancel);
    const isMade =
      tries > 0 && options.includes("-b") && (await hasCommit(mainRepo, `refs/heads/${branch}`));
    const words = isMade ? ["--", path, branch] : [...options, "--", path, ...from];
    return git(mainRepo, ["worktree", "add", ...words], gitOptions);
  }, gitOptions);
}

/** What the person should know of a worktree that was made. */
async function describeMade(
  repo: string,
  { base, upstream }: Start,
  added: GitResult,
  { branch, cancel }: WorktreeRequest,
): Promise<readonly string[]> {
  // It is whole, yet git was not content.
  const remarks = added.ok ? [] : [`git: ${added.message}`];
  const filters = (await listUnusedFilters(repo)).map(describeUnused);
  if (upstream !== undefined) {
    // Apart from the worktree, for it needs the lock of the configuration, which another session may hold.
    const args = ["branch", `--set-upstream-to=${upstream}`, "--", branch];
    const set = await tryPatiently(() => git(repo, args));
    if (!set.ok) remarks.push(`\`${branch}\` does not follow ${upstream}: ${set.message}`);
  }
  return [
    ...remarks,
    ...filters,
    ...(base === undefined ? [] : await describeMissing(repo, base, cancel)),
  ];
}

function describeUnused(filter: string): string {
  return `the filter \`${filter}\` was not run on the files of the worktree: only the repository's own configuration defines it, which agents can change. If it is yours, define it in your own configuration (git config --global)`;
}

/** Finds the worktree at `path`, after git has forgotten one whose folder a person has removed. */
async function findUsable(
  repo: string,
  path: string,
  fail: Fail,
): Promise<WorktreeRecord | undefined> {
  const record = await findWorktree(repo, path);
  if (record === undefined) return undefined;
  if (!(await isFree(path))) return record.stale ? undefined : record;
  if (record.locked !== undefined) {
    throw fail(
      `its folder no longer exists, and it is locked (${record.locked || "no reason given"})`,
      `If that is right, run: git -C ${shellQuote(repo)} worktree unlock ${shellQuote(path)}`,
    );
  }
  // Git refuses to forget it while an empty folder is there.
  await rmdir(path).catch(() => undefined);
  const removed = await tryPatiently(() =>
    git(repo, ["worktree", "remove", "--force", "--", record.path]),
  );
  if (removed.ok) return undefined;
  throw fail(
    `its folder no longer exists, and git cannot prune it: ${removed.message}`,
    `Run: git -C ${shellQuote(repo)} worktree prune`,
  );
}

/** Nothing is there, or an empty folder. A link is never free: git would follow it. */
async function isFree(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return true;
  return found.isDirectory() && (await readdir(path)).length === 0;
}
