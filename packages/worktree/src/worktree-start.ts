import { shellQuote } from "@samocode/process";
import { listChanges } from "./changes.ts";
import { git } from "./git.ts";
import { findBase, hasCommit, shortRef } from "./worktree-base.ts";
import type { Fail } from "./worktree-error.ts";
import { listWorktrees } from "./worktree-list.ts";

/** What a branch has been before. */
export interface BranchRequest {
  readonly repo: string;
  readonly branch: string;
  /** Name of the archived session that had this branch, if there was one. */
  readonly earlier?: string | undefined;
}

/** How a worktree comes to its branch. */
export interface Start {
  /** Words of `git worktree add`. */
  readonly options: readonly string[];
  readonly from: readonly string[];
  /** What the branch starts from, if it is new. */
  readonly base?: string;
  /** The branch of origin that it is to follow. */
  readonly upstream?: string;
  readonly notes: readonly string[];
}

/**
 * Decides what the branch of a session starts from: the branch that is there, else the default branch. Work of an
 * earlier session is never taken up by accident.
 *
 * @see docs/decisions/0036-a-name-that-was-used-before.md
 * @throws {WorktreeError} if the branch cannot be had, or has the work of an earlier session.
 */
export async function findStart(request: BranchRequest, fail: Fail): Promise<Start> {
  const { repo, branch, earlier } = request;
  const isLocal = await hasCommit(repo, `refs/heads/${branch}`);
  if (isLocal) await refuseHeld(repo, branch, fail);
  const upstream = `refs/remotes/origin/${branch}`;
  if (!isLocal && !(await hasCommit(repo, upstream))) return startAnew(repo, branch, fail);

  const ref = isLocal ? `refs/heads/${branch}` : upstream;
  const base = await findBase(repo);
  const distance = base === undefined || base === ref ? undefined : await measure(repo, base, ref);
  if (earlier !== undefined && base !== undefined && distance !== undefined) {
    if (distance.ahead === 0) {
      const note = `the branch \`${shortRef(ref)}\` of the archived session \`${earlier}\` has nothing that ${shortRef(base)} lacks: \`${branch}\` starts from there`;
      const flag = isLocal ? "-B" : "-b";
      return { options: ["--no-track", flag, branch], from: [base], base, notes: [note] };
    }
    throw fail(
      `the branch \`${shortRef(ref)}\` has the work of the archived session \`${earlier}\`: ${describe(distance, base)}`,
      isLocal
        ? `Choose another name for the session, or rename that branch: git -C ${shellQuote(repo)} branch -m ${shellQuote(branch)} ${shellQuote(`${branch}-old`)}`
        : "Choose another name for the session.",
    );
  }
  const notes =
    base === undefined || distance === undefined
      ? []
      : [
          `the session continues the existing branch \`${shortRef(ref)}\`: ${describe(distance, base)}`,
        ];
  if (isLocal) return { options: [], from: [branch], notes };
  return {
    options: ["--no-track", "-b", branch],
    from: [upstream],
    upstream: `origin/${branch}`,
    notes,
  };
}

interface Distance {
  /** Commits that only the branch has. */
  readonly ahead: number;
  /** Commits that only the base has. */
  readonly behind: number;
}

async function measure(repo: string, base: string, ref: string): Promise<Distance | undefined> {
  const { stdout } = await git(repo, ["rev-list", "--count", "--left-right", `${base}...${ref}`]);
  const [, behind, ahead] = /^(\d+)\t(\d+)$/.exec(stdout) ?? [];
  return behind === undefined ? undefined : { ahead: Number(ahead), behind: Number(behind) };
}

function describe({ ahead, behind }: Distance, base: string): string {
  const name = shortRef(base);
  return `it is ${countCommits(ahead)} ahead of ${name} and ${countCommits(behind)} behind it`;
}

function countCommits(count: number): string {
  return count === 1 ? "1 commit" : `${count} commits`;
}

async function refuseHeld(repo: string, branch: string, fail: Fail): Promise<void> {
  const holder = (await listWorktrees(repo)).find((record) => record.branch === branch);
  if (holder === undefined) return;
  const other = shellQuote(holder.path);
  throw fail(
    `the branch \`${branch}\` is checked out at ${holder.path}`,
    holder.stale
      ? `That folder no longer exists: git -C ${shellQuote(repo)} worktree remove --force ${other}`
      : `Switch that one to another branch (git -C ${other} switch OTHER), or choose another name for the session.`,
  );
}

async function startAnew(repo: string, branch: string, fail: Fail): Promise<Start> {
  const base = await findBase(repo);
  // Without an upstream: a plain `git push` of the agent must not go to the default branch.
  if (base !== undefined) {
    return { options: ["--no-track", "-b", branch], from: [base], base, notes: [] };
  }
  const changes = await listChanges(repo);
  const isEmpty = changes.ok && changes.entries.length === 0;
  const command = isEmpty ? "commit --allow-empty -m Start" : "add --all && git commit -m Start";
  throw fail(
    `${repo} has no commit to start a branch from`,
    `Create one: cd ${shellQuote(repo)} && git ${command}`,
  );
}
