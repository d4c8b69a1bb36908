import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { gitEnvironment } from "./clean-environment.ts";

const run = promisify(execFile);

/**
 * Run git in a folder, with no configuration but the repository's own.
 *
 * @returns what it printed, without the last line break
 * @throws the error of `execFile`, with `stderr`, when git fails
 */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], ...gitEnvironment };
  const { stdout } = await run("git", ["-C", folder, ...args], { env });
  return stdout.replace(/\n$/, "");
}
