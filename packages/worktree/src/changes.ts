import { lstatSync } from "node:fs";
import { join } from "node:path";
import { git, type GitOptions } from "./git.ts";

/** What a worktree holds that is in no commit: one `XY path` each, as `git status --porcelain` has it. */
export type Changes =
  | { readonly ok: true; readonly entries: readonly string[] }
  | { readonly ok: false; readonly message: string };

/**
 * Lists what is not committed in a folder. A repository inside it counts only if another commit is checked out there:
 * to look further, git would run in it, under its configuration.
 */
export async function listChanges(folder: string, options?: GitOptions): Promise<Changes> {
  const flags = ["--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"];
  const status = await git(folder, ["status", "--porcelain", "-z", ...flags], options);
  if (!status.ok) return { ok: false, message: status.message };
  return { ok: true, entries: status.stdout.split("\0").filter((entry) => entry !== "") };
}

/** The folders of a worktree that are repositories of their own, such as submodules, and are in its commits. */
export async function listNested(folder: string, options?: GitOptions): Promise<readonly string[]> {
  const { stdout } = await git(folder, ["ls-files", "--stage", "-z"], options);
  return stdout
    .split("\0")
    .flatMap((entry) => (entry.startsWith("160000 ") ? [entry.slice(entry.indexOf("\t") + 1)] : []))
    .filter((path) => lstatSync(join(folder, path, ".git"), { throwIfNoEntry: false }));
}

/** More are not looked into, and deeper ones neither: an agent can nest what it likes. */
const maxNested = 20;
const maxDepth = 3;

/** Whether a worktree, or a repository in it, holds what is in no commit; `undefined` if git cannot say. */
export async function isDirty(
  folder: string,
  options?: GitOptions,
  depth = 0,
): Promise<boolean | undefined> {
  const changes = await listChanges(folder, options);
  if (!changes.ok) return undefined;
  if (changes.entries.length > 0) return true;
  if (depth === maxDepth) return false;
  for (const path of (await listNested(folder, options)).slice(0, maxNested)) {
    const nested = join(folder, path);
    // Else it is none, and git looks at the one around it.
    const prefix = await git(nested, ["rev-parse", "--show-prefix"], options);
    if (!prefix.ok || prefix.stdout !== "") continue;
    if (await isDirty(nested, options, depth + 1)) return true;
  }
  return false;
}
