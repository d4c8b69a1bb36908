import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { git } from "./git.ts";

/** The most commits of one iteration that its record lists. */
const maxCommits = 100;

/** The commit that a worktree has checked out; nothing where it has none or is no worktree. */
export function readHead(worktree: string): string | undefined {
  try {
    const gitFolder = findGitFolder(worktree);
    const head = readFileSync(join(gitFolder, "HEAD"), "utf8").trim();
    if (!head.startsWith("ref: ")) return head;
    return readRef(gitFolder, head.slice("ref: ".length));
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
    readFileSync(path, "utf8")
      .replace(/^gitdir: /, "")
      .trim(),
  );
}

function readRef(gitFolder: string, ref: string): string | undefined {
  const commonFile = join(gitFolder, "commondir");
  const common = existsSync(commonFile)
    ? resolve(gitFolder, readFileSync(commonFile, "utf8").trim())
    : gitFolder;
  const loose = join(common, ref);
  if (existsSync(loose)) return readFileSync(loose, "utf8").trim();
  const packed = readFileSync(join(common, "packed-refs"), "utf8");
  return packed
    .split("\n")
    .find((line) => line.endsWith(` ${ref}`))
    ?.split(" ")[0];
}
