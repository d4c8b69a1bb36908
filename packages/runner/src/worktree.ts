import { lstat, readdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { branchFault } from "./branch-name.ts";
import { git, isGitAtWork } from "./git.ts";
import { shellQuote } from "./shell-quote.ts";
import { describeMissing, findBase, hasCommit, shortRef } from "./worktree-base.ts";
import { findWorktree, listWorktrees, type WorktreeRecord } from "./worktree-list.ts";

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
  const repository = await git(mainRepo, ["rev-parse", "--git-dir"]);
  if (!repository.ok) {
    throw fail(`${mainRepo}: ${repository.message}`, "Mend MAIN_REPO in `.samocode`.");
  }

  const record = await findUsable(mainRepo, path, fail, cancel);
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
  if (made === undefined || made.stale || made.branch !== branch || made.locked === initializing) {
    throw fail(
      `git: ${added.message || "it ended without a word"}`,
      `Mend that in ${mainRepo}, then run again.`,
    );
  }
  // It is whole, yet git was not content: a post-checkout hook failed.
  const hook = added.ok ? [] : [`a hook of ${mainRepo} failed: ${added.message}`];
  const missing = start.base === undefined ? [] : await describeMissing(mainRepo, start.base);
  const notes = [...hook, ...missing];
  if (start.base === undefined) return { path, branch, base: undefined, how: "attached", notes };
  return { path, branch, base: shortRef(start.base), how: "created", notes };
}

const initializing = "initializing";

type Fail = (what: string, cure: string) => WorktreeError;

/** Finds the worktree at `path`, after having put away what a crash or a person's `rm -r` left of one. */
async function findUsable(
  repo: string,
  path: string,
  fail: Fail,
  cancel: AbortSignal | undefined,
): Promise<WorktreeRecord | undefined> {
  let record = await findWorktree(repo, path);
  // A runner that is killed does not take its git with it.
  while (record?.locked === initializing && (await isGitAtWork(path))) {
    await sleep(100, undefined, cancel ? { signal: cancel } : {});
    record = await findWorktree(repo, path);
  }
  if (record === undefined) return undefined;

  const halfMade = record.locked === initializing;
  if (!halfMade && !record.stale && !(await isFree(path))) return record;
  if (!halfMade && record.locked !== undefined) {
    throw fail(
      `its folder is gone, and it is locked (${record.locked || "no reason given"})`,
      `If that is right, run: git -C ${shellQuote(repo)} worktree unlock ${shellQuote(path)}`,
    );
  }
  if (!halfMade && !(await isFree(path))) return undefined;
  // An empty folder hinders git from forgetting the worktree; a full one is never touched here.
  await rmdir(path).catch(() => undefined);
  const removed = await git(
    repo,
    ["worktree", "remove", "--force", "--force", "--", record.path],
    cancel ? { cancel } : {},
  );
  if (!removed.ok) {
    throw fail(
      `an earlier one was left half made, and git cannot remove it: ${removed.message}`,
      `Remove the folder yourself, then run: git -C ${shellQuote(repo)} worktree prune`,
    );
  }
  return undefined;
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
    const { stdout } = await git(repo, ["status", "--porcelain"]);
    const command =
      stdout === "" ? "commit --allow-empty -m Start" : "add --all && git commit -m Start";
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
