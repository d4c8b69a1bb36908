import { lstat, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { branchFault } from "./branch-name.ts";
import { listChanges } from "./changes.ts";
import { git, listUnusedFilters } from "./git.ts";
import { shellQuote } from "../terminal/shell-quote.ts";
import { describeMissing, findBase, hasCommit, shortRef } from "./worktree-base.ts";
import { findWorktree, listWorktrees, type WorktreeRecord } from "./worktree-list.ts";
import { removeRemains } from "./worktree-remains.ts";

/** What a worktree is made of. */
export interface WorktreeRequest {
  readonly mainRepo: string;
  /** The folder that holds all worktrees. */
  readonly worktrees: string;
  /** The name of the session folder; the worktree gets the same. */
  readonly folderName: string;
  readonly branch: string;
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

/** There is no worktree; the message says why and what to do. */
export class WorktreeError extends Error {
  override readonly name = "WorktreeError";
  readonly code = "SAMOCODE_WORKTREE_FAILED";
  readonly path: string;
  readonly branch: string;

  constructor(what: string, cure: string, facts: { path: string; branch: string }) {
    super(`cannot make the worktree \`${facts.path}\`: ${what.replace(/\.+$/, "")}.\n${cure}`);
    this.path = facts.path;
    this.branch = facts.branch;
  }
}

/**
 * Makes sure that `WORKTREES/FOLDER` is a worktree of the main repository, on `branch`. May be called again after a
 * crash at any point. Nothing in the main repository is changed but its list of worktrees and its branches; nothing
 * that a person may have made is removed. One caller at a time: hold the lock of the session.
 *
 * @throws {WorktreeError} when it cannot be made; nothing is left half done that a next call would stumble over.
 * @example
 * const { path } = await createWorktree({ mainRepo, worktrees, folderName: "26-01-08-fix", branch: "fix" });
 */
export async function createWorktree(request: WorktreeRequest): Promise<Worktree> {
  const { mainRepo, branch, cancel } = request;
  const path = join(request.worktrees, request.folderName);
  const fail = (what: string, cure: string) => new WorktreeError(what, cure, { path, branch });

  const fault = branchFault(branch);
  if (fault !== undefined) {
    throw fail(`git does not accept \`${branch}\` as a branch: ${fault}`, "Choose another name.");
  }
  await removeRemains(mainRepo, path, cancel);
  const repository = await git(mainRepo, ["worktree", "list"]);
  if (!repository.ok) {
    throw fail(`${mainRepo}: ${repository.message}`, "Mend MAIN_REPO in `.samocode`.");
  }

  const record = await findUsable(mainRepo, path, fail);
  if (record !== undefined) {
    if (record.branch === branch)
      return { path, branch, base: undefined, how: "existing", notes: [] };
    const there = record.branch === undefined ? "no branch" : `the branch \`${record.branch}\``;
    throw fail(
      `it is there, with ${there} checked out, not \`${branch}\``,
      `Run: git -C ${shellQuote(path)} switch ${shellQuote(branch)}, or choose another name for the session.`,
    );
  }
  if (!(await isFree(path))) {
    throw fail(
      `something else is there, no worktree of ${mainRepo}`,
      `Look at it, and move it away: mv ${shellQuote(path)} ${shellQuote(`${path}.old`)}`,
    );
  }

  const start = await findStart(mainRepo, branch, fail);
  const added = await git(
    mainRepo,
    ["worktree", "add", ...start.options, "--", path, ...start.from],
    request,
  );
  const made = await findWorktree(mainRepo, path);
  if (
    made === undefined ||
    made.stale ||
    made.branch !== branch ||
    made.locked === "initializing"
  ) {
    throw fail(
      `git: ${added.message || "it ended without a word"}`,
      `Mend that in ${mainRepo}, then run again.`,
    );
  }
  // It is whole, yet git was not content.
  const remark = added.ok ? [] : [`git: ${added.message}`];
  const filters = (await listUnusedFilters(mainRepo)).map(describeUnused);
  const missing = start.base === undefined ? [] : await describeMissing(mainRepo, start.base);
  const notes = [...remark, ...filters, ...missing];
  if (start.base === undefined) return { path, branch, base: undefined, how: "attached", notes };
  return { path, branch, base: shortRef(start.base), how: "created", notes };
}

function describeUnused(filter: string): string {
  return `the filter \`${filter}\` was not run on the files of the worktree: only the repository's own configuration defines it, which agents can write. If it is yours, define it in your own (git config --global)`;
}

type Fail = (what: string, cure: string) => WorktreeError;

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
      `its folder is gone, and it is locked (${record.locked || "no reason given"})`,
      `If that is right, run: git -C ${shellQuote(repo)} worktree unlock ${shellQuote(path)}`,
    );
  }
  // Git refuses to forget it while an empty folder is there.
  await rmdir(path).catch(() => undefined);
  const removed = await git(repo, ["worktree", "remove", "--force", "--", record.path]);
  if (removed.ok) return undefined;
  throw fail(
    `its folder is gone, and git cannot forget it: ${removed.message}`,
    `Run: git -C ${shellQuote(repo)} worktree prune`,
  );
}

interface Start {
  readonly options: readonly string[];
  readonly from: readonly string[];
  /** Set when the branch is new. */
  readonly base?: string;
}

async function findStart(repo: string, branch: string, fail: Fail): Promise<Start> {
  if (await hasCommit(repo, `refs/heads/${branch}`)) {
    const holder = (await listWorktrees(repo)).find((record) => record.branch === branch);
    if (holder === undefined) return { options: [], from: [branch] };
    const other = shellQuote(holder.path);
    throw fail(
      `the branch \`${branch}\` is checked out at ${holder.path}`,
      holder.stale
        ? `That folder is gone: git -C ${shellQuote(repo)} worktree remove --force ${other}`
        : `Give that one another branch (git -C ${other} switch OTHER), or choose another name for the session.`,
    );
  }
  if (await hasCommit(repo, `refs/remotes/origin/${branch}`)) {
    return { options: ["--track", "-b", branch], from: [`refs/remotes/origin/${branch}`] };
  }
  const base = await findBase(repo);
  if (base === undefined) {
    const changes = await listChanges(repo);
    const command =
      changes.ok && changes.entries.length === 0
        ? "commit --allow-empty -m Start"
        : "add --all && git commit -m Start";
    throw fail(
      `${repo} has no commit that a branch could start from`,
      `Make the first one: cd ${shellQuote(repo)} && git ${command}`,
    );
  }
  // Without an upstream: a plain `git push` of the agent must not go to the default branch.
  return { options: ["--no-track", "-b", branch], from: [base], base };
}

/** Nothing is there, or an empty folder. A link is never free: git would follow it. */
async function isFree(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return true;
  return found.isDirectory() && (await readdir(path)).length === 0;
}
