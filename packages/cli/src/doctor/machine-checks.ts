import { statfs } from "node:fs/promises";
import { isAtLeast } from "@samocode/process";
import { git } from "@samocode/worktree";
import { createCheck, type Check } from "@samocode/channels/plugin";

const installGit = "Install git: https://git-scm.com/downloads";

/** The oldest versions that will do. */
const oldest = { node: "20.19.0", git: "2.17.0" };

/** Whether this version of Node will do. */
export function checkNode(version: string = process.versions.node): Check {
  if (isAtLeast(version, oldest.node)) return createCheck("Node.js", "ok", version);
  const found = `${version}, expected ${oldest.node} or newer`;
  return createCheck("Node.js", "fault", found, "Install a newer one: https://nodejs.org");
}

/** Whether git is there and will do. */
export async function checkGit(env: Readonly<NodeJS.ProcessEnv>): Promise<Check> {
  const found = await git(".", ["--version"], { env }).catch(() => undefined);
  if (!found?.ok) return createCheck("git", "fault", "cannot be started", installGit);
  const { stdout } = found;
  const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? "";
  if (isAtLeast(version, oldest.git)) return createCheck("git", "ok", version);
  const tooOld = `${version || stdout}, expected ${oldest.git} or newer`;
  return createCheck("git", "fault", tooOld, installGit);
}

/** Whether git knows in whose name agents commit. */
export async function checkIdentity(
  folder: string,
  env: Readonly<NodeJS.ProcessEnv>,
): Promise<Check> {
  const { stdout, ok } = await git(folder, ["var", "GIT_COMMITTER_IDENT"], { env });
  if (ok) return createCheck("git identity", "ok", stdout.replace(/ \d+ [+-]\d+$/, ""));
  return createCheck(
    "git identity",
    "warning",
    "git has no user name or email, so agents cannot commit",
    'Set them: git config --global user.name "Ada" && git config --global user.email ada@example.org',
  );
}

const mebibyte = 1024 * 1024;

/** Less free space than this is told, and less than that is a fault, in bytes. */
const spareBytes = { warning: 1024 * mebibyte, fault: 100 * mebibyte };

/** Whether there is space on the disk that a folder is on. */
export async function checkDisk(name: string, folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  return judgeSpace(name, folder, bavail * bsize);
}

/** The same where the free bytes are known. */
export function judgeSpace(name: string, folder: string, freeBytes: number): Check {
  const gigabytes = (freeBytes / (1024 * mebibyte)).toFixed(1);
  const found = `${gigabytes} GiB free for ${folder}`;
  if (freeBytes >= spareBytes.warning) return createCheck(name, "ok", found);
  const state = freeBytes >= spareBytes.fault ? "warning" : "fault";
  return createCheck(
    name,
    state,
    found,
    "Free some space; to archive old sessions: samocode-run archive NAME",
  );
}
