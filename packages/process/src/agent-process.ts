import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { closeSync, fstatSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { openOwnFile } from "@samocode/core/store";
import { identifyChild, isAlive, type ProcessIdentity } from "./process-identity.ts";
import { untilSignalsAreTold } from "./stop-request.ts";
import { markProcess, type ProcessMark } from "./process-mark.ts";

/** What to start, and the files that are its stdin, stdout and stderr. */
export interface AgentProcessOptions {
  /** A program, looked up on PATH, or the path of one. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is added to it. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly promptFile: string;
  /** Appended to; made if it is missing. */
  readonly logFile: string;
  /** Appended to; made if it is missing. */
  readonly stderrFile: string;
  /** A file that it keeps open, as its fourth. */
  readonly keepsOpen?: number | undefined;
  /** Aborted if it is not to be started any more. */
  readonly cancel?: AbortSignal;
}

/** How a process ended; both `null` if nobody can tell. */
export interface Exit {
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
}

/** A process that was started. */
export interface AgentProcess {
  readonly identity: ProcessIdentity;
  /** How it ended; `undefined` while it runs. What it has left running does not matter. */
  readonly exit: () => Exit | undefined;
  /** Aborted when it has ended. */
  readonly ended: AbortSignal;
  /** Where its output starts in the log file. */
  readonly logOffset: number;
  readonly stderrOffset: number;
  /** When it was started, where the system tells. */
  readonly mark?: ProcessMark;
}

/** A process that could not be started, and why. */
export interface NotStarted {
  readonly startError: unknown;
}

/**
 * Starts an agent as the leader of a process group of its own, which lives on if this process dies.
 *
 * Its stdin, stdout and stderr are files, not pipes: the CLI loses output when a reader is slow, and a
 * file survives the reader. No shell is involved.
 *
 * @returns the process, or why it could not be started
 * @throws the reason of the cancel if it was cancelled before the start, and the error of the file system when one of the three files cannot be opened
 * @example
 * const started = await startAgentProcess(options);
 * if ("startError" in started) throw started.startError;
 */
export async function startAgentProcess(
  options: AgentProcessOptions,
): Promise<AgentProcess | NotStarted> {
  const { command, args, env, cwd, keepsOpen } = options;
  const files: number[] = [];
  try {
    const stdin = keep(openSync(options.promptFile, "r"), files);
    const stdout = keep(openLog(options.logFile), files);
    const stderr = keep(openLog(options.stderrFile), files);
    const logOffset = fstatSync(stdout).size;
    const stderrOffset = fstatSync(stderr).size;
    // One may have come while all this was made ready.
    await untilSignalsAreTold();
    options.cancel?.throwIfAborted();
    // Not execa: it takes no file of ours as it is, but puts a pipe and itself between.
    const child = trySpawn(command, args, {
      cwd,
      env,
      stdio: [stdin, stdout, stderr, ...(keepsOpen === undefined ? [] : [keepsOpen])],
      detached: true,
    });
    if (child instanceof Error) return { startError: child };
    if (child.pid === undefined) return { startError: await errorOf(child) };
    const identity = identifyChild(child.pid);
    const mark = markProcess(child.pid);
    return {
      ...watchExit(child),
      logOffset,
      stderrOffset,
      identity,
      ...(mark === undefined ? {} : { mark }),
    };
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Opens a log, which an agent before this one may have put something else in the place of. */
function openLog(path: string): number {
  return path === devNull ? openSync(path, "a") : openOwnFile(path, { append: true, mode: 0o600 });
}

function keep(file: number, files: number[]): number {
  files.push(file);
  return file;
}

/** Node throws what it sees before the system does, and what it expects of nobody. */
function trySpawn(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess | Error {
  try {
    return spawn(command, args, options);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function errorOf(child: ChildProcess): Promise<unknown> {
  return await new Promise((resolve) => {
    child.once("error", resolve);
  });
}

function watchExit(child: ChildProcess): Pick<AgentProcess, "exit" | "ended"> {
  const ended = new AbortController();
  let exit: Exit | undefined;
  child.once("exit", (exitCode, exitSignal) => {
    exit = { exitCode, exitSignal };
    ended.abort();
  });
  // An agent that cannot be ended must not keep this process from ending.
  child.unref();
  return { exit: () => exit, ended: ended.signal };
}

export interface StopOptions {
  /**
   * How long the process may take to end after each of the first two signals.
   * @default 3000
   */
  readonly graceMs?: number;
  /** Cuts the graces short. */
  readonly kill?: AbortSignal;
}

const pollMs = 20;

/**
 * Stops an agent in the order that leaves least behind: SIGINT, on which the CLI ends its commands,
 * then SIGTERM, then SIGKILL to its whole group. Sends nothing to a process that only has the same id.
 *
 * Waits until it has ended, at most twice the grace and two seconds more.
 *
 * @returns false if it still runs, stuck in the kernel or not ours to end
 * @example
 * await stopAgentProcess(identity);
 */
export async function stopAgentProcess(
  identity: ProcessIdentity,
  options: StopOptions = {},
): Promise<boolean> {
  const { graceMs = 3000, kill } = options;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    if (kill?.aborted === true) break;
    if (!send(signal, identity, identity.pid)) return true;
    if (await waitUntilEnded(identity, graceMs, kill)) return true;
  }
  return !send("SIGKILL", identity, -identity.pid) || (await waitUntilEnded(identity, 2000));
}

/** False if the process has ended. */
function send(signal: NodeJS.Signals, identity: ProcessIdentity, target: number): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(target, signal);
  } catch {
    // It has ended in this moment, or belongs to somebody else: the waiting tells which.
  }
  return true;
}

async function waitUntilEnded(
  identity: ProcessIdentity,
  limitMs: number,
  cut?: AbortSignal,
): Promise<boolean> {
  const startedAt = performance.now();
  while (isAlive(identity)) {
    if (cut?.aborted === true || performance.now() - startedAt > limitMs) return false;
    await sleep(pollMs);
  }
  return true;
}
