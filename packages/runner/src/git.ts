import { readdir, readFile } from "node:fs/promises";
import { execa } from "execa";

/** How a git command ended. */
export interface GitResult {
  readonly ok: boolean;
  /** Without the last line break. */
  readonly stdout: string;
  /** Git's own words, in English, without `fatal: `. */
  readonly message: string;
}

/**
 * Runs git in `folder` and gives what it said; a command that fails is no exception.
 * No shell is involved, nothing is asked on the terminal, and the caller's `GIT_*` variables, which could point to
 * another repository (inside a hook they do), are not passed on.
 *
 * @throws {Error} when there is no git, or when it was cancelled.
 * @example
 * const { ok, stdout } = await git("/code/app", ["rev-parse", "--show-toplevel"]);
 */
export async function git(
  folder: string,
  args: readonly string[],
  options: { readonly cancel?: AbortSignal } = {},
): Promise<GitResult> {
  const result = await execa("git", ["-C", folder, ...args], {
    env: gitEnvironment(process.env),
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    ...(options.cancel ? { cancelSignal: options.cancel } : {}),
  });
  if (result.code === "ENOENT")
    throw new Error("cannot run git: it is not on the PATH", { cause: result });
  options.cancel?.throwIfAborted();
  return {
    ok: !result.failed,
    stdout: result.stdout,
    message: result.stderr.replaceAll(/^(?:fatal|error): /gm, "").trim(),
  };
}

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("GIT_"));
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
}

/** True while a git of whoever works on the worktree at `path`; false also where processes cannot be listed. */
export async function isGitAtWork(path: string): Promise<boolean> {
  const commands = process.platform === "linux" ? await readProcCommands() : await readPsCommands();
  return commands.some((command) => command.includes("worktree add ") && command.includes(path));
}

async function readProcCommands(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map(readProcCommand));
}

async function readProcCommand(pid: string): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  } catch {
    return "";
  }
}

async function readPsCommands(): Promise<string[]> {
  const { stdout } = await execa("ps", ["-A", "-o", "args="], { reject: false });
  return stdout.split("\n");
}
