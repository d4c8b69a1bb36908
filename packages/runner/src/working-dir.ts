import { realpath } from "node:fs/promises";
import { git } from "./git.ts";
import { UsageError } from "./report-error.ts";

/**
 * The worktree that the agents work in: it must belong to the project's repository, for the overview that
 * names it is written by agents too.
 *
 * @throws {UsageError} When the overview names none, or one that is not a worktree of the repository.
 */
export async function checkWorkingDir(
  workingDir: string | undefined,
  mainRepo: string,
): Promise<string> {
  if (workingDir === undefined) {
    throw new UsageError(
      "cannot find the worktree: expected a line `Working Dir: PATH` above `## Status` in `_overview.md`",
    );
  }
  const [its, main] = await Promise.all([commonFolder(workingDir), commonFolder(mainRepo)]);
  if (its === undefined || its !== main) {
    throw new UsageError(
      `cannot work in \`${workingDir}\`: expected a git worktree of \`${mainRepo}\`. Mend \`Working Dir\` in \`_overview.md\`, or make it: git -C ${mainRepo} worktree add ${workingDir}`,
    );
  }
  return realpath(workingDir);
}

async function commonFolder(folder: string): Promise<string | undefined> {
  const { ok, stdout } = await git(folder, [
    "rev-parse",
    "--path-format=absolute",
    "--git-common-dir",
  ]).catch(() => ({ ok: false, stdout: "" }));
  return ok ? realpath(stdout).catch(() => undefined) : undefined;
}
