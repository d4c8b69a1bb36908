// A real repository and a folder for worktrees, new for each test.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach } from "vitest";
import { createWorktree, type Worktree, type WorktreeRequest } from "../src/worktree.ts";

export let root: string;
export let app: string;
/** Where `create` makes its worktree. */
export let path: string;

/** Makes all of it for each test of the file that calls this, and removes it afterwards. */
export function useArena(): void {
  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "samocode-worktree-")));
    app = join(root, "app");
    path = join(root, "worktrees/26-01-08-fix");
    mkdirSync(join(root, "worktrees"));
    await execa("git", ["init", "--quiet", "--initial-branch", "main", app]);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
}

export async function git(folder: string, ...args: string[]): Promise<string> {
  const who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org"];
  return (await execa("git", ["-C", folder, ...who, ...args])).stdout;
}

/** Commits one file and gives the commit. */
export async function commit(folder: string, file: string): Promise<string> {
  writeFileSync(join(folder, file), file);
  await git(folder, "add", file);
  await git(folder, "commit", "--quiet", "--message", file);
  return git(folder, "rev-parse", "HEAD");
}

export async function create(more: Partial<WorktreeRequest> = {}): Promise<Worktree> {
  const worktrees = join(root, "worktrees");
  const request = { mainRepo: app, worktrees, folderName: "26-01-08-fix", branch: "fix" };
  return createWorktree({ ...request, ...more });
}

/** Gives what `create` throws. */
export async function failure(more?: Partial<WorktreeRequest>): Promise<unknown> {
  return create(more).then(
    () => undefined,
    (error: unknown) => error,
  );
}
