import type { BranchResult } from "@samocode/session";
import { git } from "./git.ts";
import { findBase, shortRef } from "./worktree-base.ts";

/**
 * Reads what the branch of a worktree holds beyond the default branch. `undefined`: nothing is known, as when no
 * branch is checked out there.
 */
export async function readBranchResult(
  mainRepo: string,
  worktree: string,
): Promise<BranchResult | undefined> {
  const head = await git(worktree, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const base = await findBase(mainRepo);
  if (!head.ok || base === undefined) return undefined;
  const [stat, remotes] = await Promise.all([
    git(worktree, ["diff", "--no-ext-diff", "--no-textconv", "--shortstat", `${base}...HEAD`]),
    git(worktree, ["remote"]),
  ]);
  if (!stat.ok) return undefined;
  const hasRemote = remotes.ok && remotes.stdout !== "";
  return { branch: head.stdout, base: shortRef(base), ...parseShortStat(stat.stdout), hasRemote };
}

/**
 * Reads the line of `git diff --shortstat`; an empty one means that nothing has changed.
 *
 * @example
 * parseShortStat(" 1 file changed, 2 insertions(+)"); // { files: 1, added: 2, removed: 0 }
 */
export function parseShortStat(line: string): Pick<BranchResult, "files" | "added" | "removed"> {
  const numberBefore = (words: RegExp): number => Number(words.exec(line)?.[1] ?? 0);
  return {
    files: numberBefore(/(\d+) files? changed/),
    added: numberBefore(/(\d+) insertions?\(\+\)/),
    removed: numberBefore(/(\d+) deletions?\(-\)/),
  };
}
