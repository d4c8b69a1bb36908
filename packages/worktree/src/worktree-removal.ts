import { relative, sep } from "node:path";
import { realPath } from "@samocode/session";
import { listChanges, listNested } from "./changes.ts";
import { git } from "./git.ts";
import { tryPatiently } from "./git-patience.ts";
import { findWorktree, listWorktrees, type WorktreeRecord } from "./worktree-list.ts";

/**
 * Finds the worktree of a session that may be removed: one that git has in its list, inside WORKTREES, and not the
 * repository itself. A path of anything else, whoever wrote it, is not taken.
 */
export async function findRemovable(
  mainRepo: string,
  worktrees: string,
  path: string,
): Promise<WorktreeRecord | undefined> {
  const [main] = await listWorktrees(mainRepo);
  const record = await findWorktree(mainRepo, path);
  if (record === undefined || record.path === main?.path) return undefined;
  const inside = relative(realPath(worktrees), realPath(record.path));
  const isInside = inside !== "" && !inside.split(sep).includes("..");
  return isInside ? record : undefined;
}

/** What would be lost with a worktree, in words for a person; nothing if all of it is in commits of a branch. */
export async function findLosses({ path, stale }: WorktreeRecord): Promise<readonly string[]> {
  if (stale) return [];
  const changes = await listChanges(path);
  if (!changes.ok) return [`its content cannot be read (git: ${changes.message})`];
  const nested = (await listNested(path)).map((name) => `the repository inside it (${name})`);
  return [...describeChanges(changes.entries), ...nested, ...(await findLooseCommits(path))];
}

/**
 * Removes a worktree and keeps its branch.
 *
 * @param force Also with changes in it that are in no commit.
 * @returns Git's own words where it cannot be removed.
 */
export async function removeWorktree(
  mainRepo: string,
  { path }: WorktreeRecord,
  force: boolean,
): Promise<string | undefined> {
  // Twice: one alone does not remove a locked worktree.
  const flags = force ? ["--force", "--force"] : [];
  const { ok, message } = await tryPatiently(() =>
    git(mainRepo, ["worktree", "remove", ...flags, "--", path]),
  );
  return ok ? undefined : message;
}

/** More are only counted. */
const maxShown = 5;

function describeChanges(entries: readonly string[]): readonly string[] {
  if (entries.length === 0) return [];
  const untracked = entries.filter((entry) => entry.startsWith("?? ")).length;
  const names = entries.slice(0, maxShown).map((entry) => entry.slice(3));
  const more = entries.length > maxShown ? ", …" : "";
  const counts = [
    ...(entries.length > untracked ? [`${entries.length - untracked} not committed`] : []),
    ...(untracked > 0 ? [`${untracked} not tracked`] : []),
  ];
  return [`${counts.join(", ")} (${names.join(", ")}${more})`];
}

/** Commits that only a worktree without a branch holds. */
async function findLooseCommits(path: string): Promise<readonly string[]> {
  const branch = await git(path, ["symbolic-ref", "--quiet", "HEAD"]);
  const head = await git(path, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (branch.ok || !head.ok) return [];
  const holders = await git(path, ["for-each-ref", "--count=1", `--contains=${head.stdout}`]);
  if (holders.ok && holders.stdout !== "") return [];
  return [`the commit ${head.stdout.slice(0, 12)} is on no branch`];
}
