import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readRegularFile } from "@samocode/core/store";
import { git } from "./git.ts";

/** The most commits of one iteration that its record lists. */
const maxCommits = 100;

/** The commit that a worktree has checked out; nothing if it has none or is no worktree. */
export function readHead(worktree: string): string | undefined {
  try {
    const gitFolder = findGitFolder(worktree);
    const head = readText(join(gitFolder, "HEAD")).trim();
    const commit = head.startsWith("ref: ") ? readRef(gitFolder, head.slice("ref: ".length)) : head;
    // It becomes a word of a command line, and agents can write these files: an option would be taken as one.
    return /^[\da-f]{40,64}$/.test(commit ?? "") ? commit : undefined;
  } catch {
    return undefined;
  }
}

/** The commits that came to a worktree since `before`, oldest first. */
export async function listCommits(worktree: string, before: string | undefined): Promise<string[]> {
  const now = readHead(worktree);
  if (now === undefined || now === before) return [];
  const range = before === undefined ? now : `${before}..${now}`;
  const args = ["log", "--reverse", `--max-count=${maxCommits}`, "--format=%h %s", range];
  const { ok, stdout } = await git(worktree, args);
  return ok && stdout !== "" ? stdout.split("\n") : [];
}

function findGitFolder(worktree: string): string {
  const path = join(worktree, ".git");
  if (statSync(path).isDirectory()) return path;
  return resolve(
    worktree,
    readText(path)
      .replace(/^gitdir: /, "")
      .trim(),
  );
}

/** An agent can put anything into its worktree, such as a pipe as `.git`. */
function readText(path: string): string {
  return readRegularFile(path, { followLinks: true }).toString("utf8");
}

function readRef(gitFolder: string, ref: string): string | undefined {
  const commonFile = join(gitFolder, "commondir");
  const common = existsSync(commonFile)
    ? resolve(gitFolder, readText(commonFile).trim())
    : gitFolder;
  const loose = join(common, ref);
  if (existsSync(loose)) return readText(loose).trim();
  const packed = readText(join(common, "packed-refs"));
  return packed
    .split("\n")
    .find((line) => line.endsWith(` ${ref}`))
    ?.split(" ")[0];
}
