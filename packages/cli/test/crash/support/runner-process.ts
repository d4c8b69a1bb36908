import { spawn } from "node:child_process";

/** How the binary ended. */
export interface RunEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The binary while it runs. */
export interface RunnerProcess {
  /** What it has said up to now. */
  readonly stdout: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<RunEnd>;
}

/** Starts Node on the binary. What hangs for a minute is killed. */
export function startRunner(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): RunnerProcess {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const hang = setTimeout(() => child.kill("SIGKILL"), 60_000);
  // "exit", not "close": an agent that lives on must not keep us.
  const ended = new Promise<RunEnd>((resolve) => {
    child.once("exit", (exitCode, signal) => {
      clearTimeout(hang);
      setImmediate(() => resolve({ exitCode, signal, stdout, stderr }));
    });
  });
  return { stdout: () => stdout, kill: (signal) => child.kill(signal), ended };
}
