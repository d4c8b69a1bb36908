import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { cleanEnvironment } from "./clean-environment.ts";
import { git } from "./git.ts";
import { createTempFolder } from "./temp-folder.ts";

/** How the repository of a temporary project looks. */
export interface TempProjectOptions {
  /**
   * What the name of its folder begins with.
   *
   * @default "samocode-project-"
   */
  readonly prefix?: string;
  /**
   * The folder that it is made in.
   *
   * @default the temp folder of the machine
   */
  readonly parent?: string | undefined;
  /**
   * Whether the repository has its first commit.
   *
   * @default true
   */
  readonly commits?: boolean;
  /**
   * Name of the default branch of a bare `origin`, to which the first commit was pushed.
   *
   * @default none: the repository has no remote
   */
  readonly origin?: string;
  /**
   * Whether a tracked file is changed and an untracked one lies about.
   *
   * @default false
   */
  readonly dirty?: boolean;
  /** More lines for `.samocode`, such as `{ TEST_COMMAND: "npm test" }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A project as a person has it: a git repository, folders for worktrees and sessions, and a `.samocode` above them. */
export interface TempProject extends AsyncDisposable {
  /** Folder that holds all the others and the `.samocode` file. */
  readonly root: string;
  /** The git repository, on branch `main`. */
  readonly repo: string;
  readonly worktrees: string;
  readonly sessions: string;
  /** An empty home. */
  readonly home: string;
  /** The `.samocode` file. */
  readonly config: string;
  /** A clean environment with that home, for a runner under test. */
  readonly env: Readonly<Record<string, string>>;
  /** Run git in the repository, or, with `-C`, elsewhere. Resolves to what it printed. */
  git(...args: readonly string[]): Promise<string>;
  /** Remove everything; a second call does nothing. */
  dispose(): Promise<void>;
}

/**
 * Make a temporary project with a real git repository.
 *
 * @throws {Error} when `origin` is asked for without a first commit, or git is not installed
 * @example
 * await using project = await createTempProject({ dirty: true });
 * await project.git("status", "--short");
 */
export async function createTempProject(options: TempProjectOptions = {}): Promise<TempProject> {
  const {
    prefix = "samocode-project-",
    parent,
    commits = true,
    origin,
    dirty = false,
    settings = {},
  } = options;
  if (!commits && origin !== undefined)
    throw new Error(
      "cannot make a project with an `origin` and no commit: there is nothing to push",
    );
  const folder = await createTempFolder(prefix, parent);
  const root = folder.path;
  const repo = join(root, "app");
  const worktrees = join(root, "worktrees");
  const sessions = join(root, "sessions");
  const home = join(root, "home");
  const config = join(root, ".samocode");
  await Promise.all([repo, worktrees, sessions, home].map((path) => mkdir(path)));
  const lines = { MAIN_REPO: repo, WORKTREES: worktrees, SESSIONS: sessions, ...settings };
  await writeFile(
    config,
    Object.entries(lines)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(""),
  );

  await initialise(repo);
  if (commits) await commitFirst(repo);
  if (origin !== undefined) await pushToBare(repo, join(root, "origin.git"), origin);
  if (dirty) {
    await appendFile(join(repo, "README.md"), "A change that is not committed.\n");
    await writeFile(join(repo, "scratch.txt"), "Not tracked.\n");
  }

  return {
    root,
    repo,
    worktrees,
    sessions,
    home,
    config,
    env: cleanEnvironment({ home }),
    git: (...args) => git(repo, ...args),
    dispose: () => folder.dispose(),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

async function initialise(repo: string): Promise<void> {
  await git(repo, "init", "--quiet", "--initial-branch=main");
  await git(repo, "config", "user.name", "Ada Tester");
  await git(repo, "config", "user.email", "ada@example.org");
  await git(repo, "config", "commit.gpgsign", "false");
}

async function commitFirst(repo: string): Promise<void> {
  await writeFile(join(repo, "README.md"), "# App\n");
  await git(repo, "add", "README.md");
  await git(repo, "commit", "--quiet", "--message", "First commit");
}

async function pushToBare(repo: string, bare: string, branch: string): Promise<void> {
  await git(repo, "init", "--quiet", "--bare", `--initial-branch=${branch}`, bare);
  await git(repo, "remote", "add", "origin", bare);
  await git(repo, "push", "--quiet", "origin", `main:${branch}`);
  await git(repo, "fetch", "--quiet", "origin");
  await git(repo, "remote", "set-head", "origin", branch);
}
