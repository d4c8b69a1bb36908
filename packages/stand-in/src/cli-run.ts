import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a run of a CLI is given. */
export interface CliRunOptions {
  readonly prompt: string;
  /** More flags than `-p --verbose --output-format stream-json`. */
  readonly flags?: readonly string[];
  /**
   * Working folder.
   *
   * @default the folder of the run
   */
  readonly cwd?: string;
  /**
   * The whole environment.
   *
   * @default the one of this process
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** A CLI that was started as the runner starts it. */
export interface CliRun {
  readonly pid: number;
  /** Resolves to the exit code, or to the kill signal that it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** All of stdout so far. */
  text(): string;
  /** The complete lines of stdout so far. */
  lines(): Record<string, unknown>[];
  /** All of stderr so far. */
  stderr(): string;
}

const FLAGS = ["-p", "--verbose", "--output-format", "stream-json"];

/**
 * Start the CLI, or a stand-in, with a prompt from a file, and with files for stdout and stderr.
 *
 * @param path the executable
 * @param folder where the files `prompt.txt`, `out.jsonl` and `err.txt` are written
 * @example
 * const run = startCli(claude.path, folder.path, { prompt: "hello", env: cleanEnvironment({ home }) });
 * await run.ended;
 */
export function startCli(path: string, folder: string, options: CliRunOptions): CliRun {
  const place = (name: string) => join(folder, name);
  writeFileSync(place("prompt.txt"), options.prompt);
  const stdio = [
    openSync(place("prompt.txt"), "r"),
    openSync(place("out.jsonl"), "w"),
    openSync(place("err.txt"), "w"),
  ];
  const child = spawn(path, [...FLAGS, ...(options.flags ?? [])], {
    cwd: options.cwd ?? folder,
    stdio,
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
  });
  for (const descriptor of stdio) closeSync(descriptor);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ?? code));
  });
  const text = () => readFileSync(place("out.jsonl"), "utf8");
  return {
    pid: child.pid ?? 0,
    ended,
    text,
    lines: () =>
      text()
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stderr: () => readFileSync(place("err.txt"), "utf8"),
  };
}
