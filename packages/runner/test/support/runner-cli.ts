import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { TempProject } from "@samocode/testkit";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** How the binary ended. */
export interface RunnerResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the built binary in a temporary project, with nothing of this machine's environment. */
export async function samocodeRun(
  project: TempProject,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunnerResult> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [binary, ...args], {
    cwd: project.root,
    env: { ...project.env, ...env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: 60_000,
  });
  return { exitCode, stdout, stderr };
}
