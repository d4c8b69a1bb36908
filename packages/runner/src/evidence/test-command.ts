import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { openOwnFile } from "@samocode/core/store";
import { runIdVariable, sweepRun, signalGroup } from "@samocode/process";
import { isDirty, readHead } from "@samocode/worktree";
import { judgeRun, type Evidence } from "./evidence.ts";
import { readFileEnd } from "./file-end.ts";
import { formatTail } from "./output-text.ts";
import { parseTestReport } from "./test-report.ts";

/** A run of the test command. */
export interface TestCommandOptions {
  /** The person's own line for `/bin/sh -c`; see docs/decisions/0010. Nothing may be put into it. */
  readonly command: string;
  /** The worktree. */
  readonly cwd: string;
  /** The environment; tests are written by agents, so it should hold no more than an agent's. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly timeoutMs: number;
  readonly cancel: AbortSignal;
  /** Cuts the grace short. Stops nothing by itself. */
  readonly kill?: AbortSignal;
  /** Where the output goes; what stands in it is replaced. */
  readonly outputFile: string;
  /**
   * Carried by the command and all that it starts. If it is the same each time for a session,
   * what a runner left behind that was killed in a run of its tests is ended by the next run.
   */
  readonly runId: string;
  /**
   * How long the command may take to end after SIGTERM before SIGKILL.
   * @default 3000
   */
  readonly graceMs?: number;
}

/** The most that is read of an output, from its end. */
const maxReadBytes = 4 * 1024 * 1024;
const maxTailLength = 4000;

/**
 * Runs the test command in the worktree and gives what was seen.
 *
 * The output goes to a file, as the output of agents does. When this settles, the command has ended
 * and so has all that it started, servers in the background too.
 *
 * @throws the reason of `cancel` when it was cancelled
 * @throws the error of the file system when the output file cannot be written
 * @example
 * const { verdict, tests } = await runTestCommand({ command: "npm test", cwd, env, timeoutMs: 600_000, cancel, outputFile, runId });
 */
export async function runTestCommand(options: TestCommandOptions): Promise<Evidence> {
  const { command, cwd, cancel, outputFile } = options;
  cancel.throwIfAborted();
  await sweepRun(options.runId);
  const checkout = await describeCheckout(cwd, cancel);

  const startedAt = performance.now();
  const end = await runToEnd(options);
  const durationMs = Math.round(performance.now() - startedAt);
  cancel.throwIfAborted();

  const output = end.error ?? readFileEnd(outputFile, maxReadBytes);
  const tests = parseTestReport(output);
  const { exitCode, exitSignal } = end;
  const known = { exitCode, exitSignal, ...(tests !== undefined && { tests }) };
  return {
    command,
    verdict: judgeRun({ ...known, timedOut: end.stopped }),
    ...known,
    durationMs,
    ...checkout,
    outputTail: formatTail(output, maxTailLength),
    outputFile,
  };
}

async function describeCheckout(
  cwd: string,
  cancel: AbortSignal,
): Promise<Pick<Evidence, "commit" | "dirty">> {
  const commit = readHead(cwd);
  if (commit === undefined) return {};
  const dirty = await isDirty(cwd, { cancel });
  return { commit, ...(dirty !== undefined && { dirty }) };
}

interface CommandEnd {
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  /** Why it could not be started. */
  readonly error?: string;
  /** True if it did not end by itself. */
  readonly stopped: boolean;
}

async function runToEnd(options: TestCommandOptions): Promise<CommandEnd> {
  const { command, cwd, env, outputFile, runId, timeoutMs, cancel, kill, graceMs = 3000 } = options;
  const output = openOwnFile(outputFile, { mode: 0o600 });
  const over = new AbortController();
  try {
    // Not execa: it takes no file of ours as it is, but puts a pipe and itself between.
    const child = spawn("/bin/sh", ["-c", command], {
      cwd,
      env: { ...env, [runIdVariable]: runId },
      stdio: ["ignore", output, output],
      detached: true,
    });
    const { pid } = child;
    const ended = new Promise<CommandEnd>((resolve) => {
      child.once("error", ({ message }) => {
        const error = `cannot start /bin/sh in \`${cwd}\`: ${message}`;
        resolve({ exitCode: null, exitSignal: null, error, stopped: false });
      });
      child.once("exit", (exitCode, exitSignal) => {
        resolve({ exitCode, exitSignal, stopped: false });
      });
    });
    const first = await Promise.race([ended, waitForStop(timeoutMs, [cancel, over.signal])]);
    if (pid === undefined) return await ended;
    await sweepRun(runId, { graceMs, timeoutMs: graceMs + 2000, kill });
    // What cleared its environment is not found by the sweep, but is in the group.
    signalGroup(pid, "SIGKILL");
    return first ?? { ...(await ended), stopped: true };
  } finally {
    over.abort();
    closeSync(output);
  }
}

/** The longest time that a timer of Node can wait, in ms. */
const maxTimerMs = 2 ** 31 - 1;

/** Waits until the time is up, or one of the signals is aborted. */
async function waitForStop(timeoutMs: number, signals: AbortSignal[]): Promise<undefined> {
  const signal = AbortSignal.any(signals);
  await sleep(Math.min(timeoutMs, maxTimerMs), undefined, { signal }).catch(() => undefined);
}
