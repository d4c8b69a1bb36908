import { realpath, stat } from "node:fs/promises";
import { git } from "./git.ts";
import type { NamedSession } from "../session/open-session.ts";
import { sessionBranch } from "../session/new-session.ts";
import { createWorktree } from "./worktree.ts";

/**
 * The folder that the agents work in: the one that the overview names. Where it names none, or one
 * that is gone, the session's worktree is made again.
 *
 * @param warn Told where the folder is not what one would expect.
 * @throws {WorktreeError} When git cannot make the worktree.
 */
export async function findWorkingDir(
  session: NamedSession,
  named: string | undefined,
  warn: (text: string) => void,
): Promise<string> {
  const { project, place } = session;
  if (named !== undefined && (await isFolder(named))) {
    const [its, main] = await Promise.all([commonFolder(named), commonFolder(project.mainRepo)]);
    if (its === undefined || its !== main) {
      warn(
        `\`${named}\` is no worktree of \`${project.mainRepo}\`; the agents work there all the same, as \`Working Dir\` in the overview says`,
      );
    }
    return realpath(named);
  }
  const { path } = await createWorktree({
    mainRepo: project.mainRepo,
    worktrees: project.worktrees,
    folderName: place.folderName,
    branch: sessionBranch(session),
  });
  warn(
    named === undefined
      ? `the overview names no \`Working Dir\`; the agents work in \`${path}\``
      : `\`${named}\` is not there (any more); the agents work in \`${path}\``,
  );
  return realpath(path);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function commonFolder(folder: string): Promise<string | undefined> {
  const args = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const { ok, stdout } = await git(folder, args);
  return ok ? realpath(stdout).catch(() => undefined) : undefined;
}
