import { listChanges } from "./changes.ts";
import { git } from "./git.ts";

/**
 * Finds what a new branch starts from: the default branch of `origin` as it was last fetched, else the local one
 * (`init.defaultBranch`, `main`, `master`), else what is checked out. `undefined`: the repository has no commit.
 * Asks no server. The name is given in full (`refs/heads/main`), for a tag may be called `main` too.
 */
export async function findBase(repo: string): Promise<string | undefined> {
  const originHead = await git(repo, ["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
  const configured = await git(repo, ["config", "--get", "init.defaultBranch"]);
  const candidates = [
    originHead.ok ? originHead.stdout : "",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    configured.ok ? `refs/heads/${configured.stdout}` : "",
    "refs/heads/main",
    "refs/heads/master",
    "HEAD",
  ].filter((ref) => ref !== "");
  for (const ref of candidates) {
    if (await hasCommit(repo, ref)) return ref;
  }
  return undefined;
}

/** True if `ref`, written in full, is there and leads to a commit. */
export async function hasCommit(repo: string, ref: string): Promise<boolean> {
  return (
    await git(repo, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
  ).ok;
}

/** Gives a name as people say it: `origin/main`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:remotes|heads)\//, "");
}

/** Says what a person would miss in a branch that starts from `base`. */
export async function describeMissing(
  repo: string,
  base: string,
  cancel?: AbortSignal,
): Promise<string[]> {
  const notes: string[] = [];
  const local = base.replace(/^refs\/remotes\/origin\//, "refs/heads/");
  if (local !== base && (await hasCommit(repo, local))) {
    const { ok, stdout } = await git(repo, ["rev-list", "--count", `${base}..${local}`]);
    if (ok && stdout !== "0") {
      notes.push(
        `the worktree starts from ${shortRef(base)}, without the ${stdout} commits that only ${shortRef(local)} has`,
      );
    }
  }
  const changes = await listChanges(repo, cancel ? { cancel } : {});
  // `.samocode` is the runner's own, and nobody misses it there.
  if (changes.ok && changes.entries.some((entry) => entry !== "?? .samocode")) {
    notes.push(`uncommitted changes in ${repo} are not in the worktree`);
  }
  return notes;
}
