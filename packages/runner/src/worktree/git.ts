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
  // Loaded where it is used: most commands that only look need no git.
  const { execa } = await import("execa");
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
