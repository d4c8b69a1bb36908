import { CommandError } from "@samocode/session";
import {
  findStubbornKey,
  findUnusedFilters,
  namesTransport,
  overridePrograms,
  parseConfigList,
  type ConfigEntry,
} from "./git-programs.ts";
import { withoutRepository, waitForGroup, shellQuote } from "@samocode/process";

/** How a git command ended. */
export interface GitResult {
  readonly ok: boolean;
  /** Without the last line break. */
  readonly stdout: string;
  /** Git's own words, in English, without `fatal: `. */
  readonly message: string;
}

export interface GitOptions {
  readonly cancel?: AbortSignal;
  /** @default process.env */
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /**
   * Limit in ms: a pipe that stands in the place of a file of the repository would be read forever.
   * @default a minute, and none for `git worktree`, which may have many files to write
   */
  readonly timeoutMs?: number;
}

/**
 * Runs git in `folder` and gives what it said; a command that fails is no exception. Every call of git is made here.
 *
 * No shell is involved and nothing is asked on the terminal. The repository is that of `folder`, whatever the
 * caller's `GIT_*` variables name. No program that the repository's own configuration names is run, for agents can
 * write that: no hook, file system monitor, filter, pager or helper.
 *
 * @see docs/decisions/0035-git-runs-no-program-of-the-repository.md
 * @throws {Error} when there is no git, or when it was cancelled.
 * @example
 * const { ok, stdout } = await git("/code/app", ["rev-parse", "--show-toplevel"]);
 */
export async function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const limits = { ...(args[0] !== "worktree" && { timeoutMs: standardTimeoutMs }), ...options };
  if (offlineCommands.has(args[0] ?? "")) return runOffline(folder, args, limits);
  const entries = await readEntries(folder, options);
  const key = findStubbornKey(entries);
  if (key !== undefined) return { ok: false, stdout: "", message: describeStubborn(key) };
  const run = namesTransport(entries) ? runOffline : runGit;
  return run(folder, [...asFlags(overridePrograms(entries)), ...args], limits);
}

/** The filters of the repository's own configuration that {@link git} does not run. */
export async function listUnusedFilters(folder: string): Promise<readonly string[]> {
  return findUnusedFilters(await readEntries(folder, {}));
}

const standardTimeoutMs = 60_000;

/**
 * These look at names, references and commits, and at no file of a worktree: the only program that they could run is one
 * that fetches a missing object.
 */
const offlineCommands = new Set([
  "--version",
  "config",
  "for-each-ref",
  "merge-base",
  "rev-list",
  "rev-parse",
  "symbolic-ref",
  "var",
]);

/** What holds for each call. */
const settings = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.pager=cat",
  "color.ui=false",
  "i18n.logOutputEncoding=UTF-8",
  "log.showSignature=false",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
];

function asFlags(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => ["-c", value]);
}

async function readEntries(folder: string, options: GitOptions): Promise<readonly ConfigEntry[]> {
  const limits = { timeoutMs: standardTimeoutMs, ...options };
  const scoped = await runOffline(folder, ["config", "--list", "--show-scope", "-z"], limits);
  if (scoped.ok) return parseConfigList(scoped.stdout, true);
  // Git before 2.26 shows no scopes.
  const plain = await runOffline(folder, ["config", "--list", "-z"], limits);
  return parseConfigList(plain.stdout, false);
}

function describeStubborn(key: string): string {
  return `the repository's configuration names a program under \`${key}\`, which samocode cannot disable because of the \`=\`. Remove it: git config --unset-all ${shellQuote(key)}`;
}

/** Runs git without any transport: a repository can declare itself a partial clone, and name the program to fetch with. */
async function runOffline(
  folder: string,
  args: readonly string[],
  options: GitOptions,
): Promise<GitResult> {
  const { env = process.env } = options;
  return runGit(folder, args, { ...options, env: { ...env, GIT_ALLOW_PROTOCOL: "none" } });
}

async function runGit(
  folder: string,
  args: readonly string[],
  { cancel, env = process.env, timeoutMs }: GitOptions,
): Promise<GitResult> {
  // Loaded where it is used: most commands that only look need no git.
  const { execa } = await import("execa");
  const running = execa("git", ["-C", folder, ...asFlags(settings), ...args], {
    env: { ...withoutRepository(env), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    // A group of its own: what git has started, such as a filter, must end with it, or its output stays open.
    detached: true,
  });
  const { result, isOverTime } = await waitForGroup(running, { cancel, timeoutMs });
  if (result.code === "ENOENT")
    throw new CommandError(
      "cannot run git: it is not on the PATH. Install it: https://git-scm.com/downloads",
      { cause: result },
    );
  cancel?.throwIfAborted();
  return {
    ok: !result.failed,
    stdout: result.stdout,
    message: isOverTime
      ? `it did not end within ${(timeoutMs ?? 0) / 1000} s`
      : result.stderr.replaceAll(/^(?:fatal|error): /gm, "").trim(),
  };
}
