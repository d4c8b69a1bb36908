import { lstatSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isInside, realPath, type FoundSession, type ProjectFolders } from "@samocode/session";
import { git } from "./git.ts";
import { sessionBranch } from "./new-session.ts";
import { shellQuote } from "@samocode/process";
import { createWorktree } from "./worktree.ts";
import { WorktreeError } from "./worktree-error.ts";
import { repairWorktree } from "./worktree-repair.ts";

/**
 * The folder that the agents work in: the one that the overview names. If it names none, or one
 * that is gone, the session's worktree is made again.
 *
 * @param warn Told if the folder is not what one would expect.
 * @throws {WorktreeError} When git cannot make the worktree, or no git command works in it.
 */
export async function findWorkingDir(
  session: FoundSession,
  named: string | undefined,
  warn: (text: string) => void,
  cancel?: AbortSignal,
): Promise<string> {
  const { project, place } = session;
  if (named !== undefined && (await isFolder(named))) {
    await checkWorkingDir(project, named, warn);
    return realpath(named);
  }
  const { path } = await createWorktree({
    mainRepo: project.mainRepo,
    worktrees: project.worktrees,
    folderName: place.folderName,
    branch: sessionBranch(session),
    ...(cancel && { cancel }),
  });
  warn(
    named === undefined
      ? `the overview names no \`Working Dir\`; the agents work in \`${path}\``
      : `\`${named}\` does not exist; the agents work in \`${path}\``,
  );
  return realpath(path);
}

/**
 * Sees to it that git works in a folder, if it is a worktree: no agent is paid in one where its commits are lost,
 * or go to another branch.
 *
 * @throws {WorktreeError} When it is a worktree that cannot be repaired.
 */
export async function checkWorkingDir(
  { mainRepo, worktrees }: Pick<ProjectFolders, "mainRepo" | "worktrees">,
  named: string,
  warn: (text: string) => void,
): Promise<void> {
  const isOwn = isInside([worktrees], named);
  const look = async (): Promise<Look> => {
    const found = await lookAt(named);
    // Without a `.git` of its own, a worktree inside another repository would be taken for that one's.
    const isStray = found.top !== undefined && isOwn && !isInside([worktrees], found.top);
    return isStray ? { message: `it belongs to the repository around it, ${found.top}` } : found;
  };
  let found = await look();
  const isWorktree = isOwn || lstatSync(join(named, ".git"), { throwIfNoEntry: false });
  if (found.top === undefined && isWorktree) {
    if (await repairWorktree(mainRepo, named)) {
      warn(
        `the worktree \`${named}\` had lost its repository and was reconnected to \`${mainRepo}\``,
      );
      found = await look();
    }
    if (found.top === undefined) throw cannotUse(mainRepo, named, found.message);
  }
  if (found.common === undefined || found.common !== (await lookAt(mainRepo)).common) {
    warn(
      `\`${named}\` is not a worktree of \`${mainRepo}\`; the agents still work there, as \`Working Dir\` in the overview says`,
    );
  }
}

interface Look {
  readonly message: string;
  /** The top of the worktree. */
  readonly top?: string;
  /** The folder that all worktrees of the repository share. */
  readonly common?: string;
}

async function lookAt(folder: string): Promise<Look> {
  const of = (flag: string) => git(folder, ["rev-parse", flag]);
  const [common, top] = await Promise.all([of("--git-common-dir"), of("--show-toplevel")]);
  const { message } = common;
  if (!common.ok) return { message };
  return {
    message,
    // A bare repository has no worktree of its own.
    top: top.ok ? top.stdout : folder,
    common: realPath(resolve(folder, common.stdout)),
  };
}

function cannotUse(mainRepo: string, path: string, message: string): WorktreeError {
  const [repo, folder] = [shellQuote(mainRepo), shellQuote(path)];
  return new WorktreeError(
    `git fails there (git: ${message})`,
    `Run: git -C ${repo} worktree repair ${folder}\nIf that does not help, move it away (mv ${folder} ${shellQuote(`${path}.old`)}) and run again: the worktree is recreated from the branch of the session (git worktree add). Then copy uncommitted work over.`,
    path,
    "use",
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
