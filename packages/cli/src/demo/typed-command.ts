import { execa } from "execa";
import type { StopRequest } from "@samocode/process";

/** Where commands are typed. */
export interface Terminal {
  /** The file of the binary. */
  readonly binary: string;
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: StopRequest;
}

/**
 * Runs a command of `samocode-run` as the person would type it, and waits until it has ended.
 *
 * It is a process of its own, with nothing of the person's environment, and its output goes where ours goes.
 *
 * @returns Its exit code; nothing if it was killed.
 */
export async function typeCommand(
  { binary, cwd, env, stop }: Terminal,
  args: readonly string[],
): Promise<number | undefined> {
  const child = execa(process.execPath, [binary, ...args], {
    cwd,
    env: { ...env },
    extendEnv: false,
    stdin: "ignore",
    stdout: "inherit",
    stderr: "inherit",
    // In a group of its own: a ^C reaches it through us alone, and once.
    detached: true,
    reject: false,
  });
  const interrupt = (): void => void child.kill("SIGINT");
  const signals = [stop.cancel, stop.kill];
  for (const signal of signals) signal.addEventListener("abort", interrupt);
  const { exitCode } = await child;
  for (const signal of signals) signal.removeEventListener("abort", interrupt);
  return exitCode;
}
