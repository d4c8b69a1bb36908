import { lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { realPath } from "@samocode/session";
import { readSmallFile } from "./small-file.ts";
import { git } from "./git.ts";

/**
 * Joins a worktree and its repository again after one of them, or both, were moved: the `.git` of the worktree and
 * the record in the repository name each other. As `git worktree repair` does, but no link that an agent left in the
 * place of one of them is followed.
 *
 * @returns whether anything was repaired.
 */
export async function repairWorktree(mainRepo: string, worktree: string): Promise<boolean> {
  const common = await git(mainRepo, ["rev-parse", "--git-common-dir"]);
  if (!common.ok) return false;
  const records = join(realPath(resolve(mainRepo, common.stdout)), "worktrees");
  const dotGit = join(worktree, ".git");
  const pointer = readSmallFile(dotGit);
  const target = /^gitdir: (.+)$/.exec(pointer ?? "")?.[1];
  // Something else has its name, and may be someone's.
  if (target === undefined && lstatSync(dotGit, { throwIfNoEntry: false })) return false;
  const record = join(records, basename(target ?? worktree));
  if (!isRecord(record)) return false;
  // A folder without a `.git` may have been filled with something else.
  if (target === undefined && !(await holdsBranch(mainRepo, record, worktree))) return false;
  const path = join(realPath(worktree), ".git");
  const back = readSmallFile(join(record, "gitdir"));
  const isOfAnother =
    back !== undefined && realPath(resolve(record, back)) !== path && exists(back);
  if (isOfAnother || basename(dirname(back ?? path)) !== basename(worktree)) return false;

  const leadsThere = target !== undefined && realPath(resolve(worktree, target)) === record;
  // What leads to a repository that is there is that one's.
  if (!leadsThere && target !== undefined && exists(resolve(worktree, target))) return false;
  const knowsIt = back !== undefined && realPath(resolve(record, back)) === path;
  if (!leadsThere) replace(dotGit, `gitdir: ${record}\n`);
  if (!knowsIt) replace(join(record, "gitdir"), `${path}\n`);
  return !leadsThere || !knowsIt;
}

/** Whether the folder has a file or folder of the branch that the record says is checked out there. */
async function holdsBranch(mainRepo: string, record: string, folder: string): Promise<boolean> {
  const head =
    readSmallFile(join(record, "HEAD"))
      ?.trim()
      .replace(/^ref: /, "") ?? "";
  if (!/^(?:refs\/|[0-9a-f]+$)/.test(head)) return false;
  const { ok, stdout } = await git(mainRepo, ["ls-tree", "--name-only", "-z", head]);
  if (!ok) return false;
  const names = stdout.split("\0").filter((name) => name !== "");
  return names.some((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }));
}

function isRecord(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && readSmallFile(join(path, "HEAD")) !== undefined;
}

function exists(path: string): boolean {
  try {
    realpathSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Puts a new file in the place of an old one, and writes through no link. */
function replace(path: string, text: string): void {
  const draft = `${path}.samocode-draft`;
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(draft, text, { flag: "wx" });
  renameSync(draft, path);
}
