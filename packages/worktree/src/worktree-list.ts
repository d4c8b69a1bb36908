import { git } from "./git.ts";
import { tryPatiently } from "./git-patience.ts";
import { realPath } from "@samocode/session";

/** A worktree as git has it in its list; its folder may be gone. */
export interface WorktreeRecord {
  readonly path: string;
  /** Without `refs/heads/`; `undefined` when no branch is checked out there. */
  readonly branch: string | undefined;
  /** Why it is locked, in the words of who did it. */
  readonly locked: string | undefined;
  /** Its folder, or the `.git` in it, is gone. */
  readonly stale: boolean;
}

/** Reads the output of `git worktree list --porcelain`. */
function parseWorktreeList(text: string): WorktreeRecord[] {
  return text
    .split(/\n\n+/)
    .filter((block) => block.startsWith("worktree "))
    .map((block) => {
      const lines = block.split("\n");
      const valueOf = (key: string): string | undefined =>
        lines.find((line) => line === key || line.startsWith(`${key} `))?.slice(key.length + 1);
      return {
        path: valueOf("worktree") ?? "",
        branch: valueOf("branch")?.replace(/^refs\/heads\//, ""),
        locked: valueOf("locked"),
        stale: valueOf("prunable") !== undefined,
      };
    });
}

/** Lists the worktrees of a repository, the main one first. */
export async function listWorktrees(repo: string): Promise<WorktreeRecord[]> {
  // Not -z: git before 2.36 does not have it.
  const list = await tryPatiently(() => git(repo, ["worktree", "list", "--porcelain"]));
  return parseWorktreeList(list.stdout);
}

/** Finds the worktree at `path`, also when one of the two is written through a link. */
export async function findWorktree(
  repo: string,
  path: string,
): Promise<WorktreeRecord | undefined> {
  const wanted = realPath(path);
  for (const record of await listWorktrees(repo)) {
    if (realPath(record.path) === wanted) return record;
  }
  return undefined;
}
