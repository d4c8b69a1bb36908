import { mkdirSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sessionFiles, type Store } from "@samocode/core";
import { startAgentProcess } from "../claude/agent-process.ts";
import { readTail, sizeOf } from "../claude/file-tail.ts";
import type { LockOwner } from "../process/lock.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { readRunHolder } from "../session/session-lock.ts";

/** How the start of a runner went. */
export interface RunnerStart {
  /** The runner that holds the session, this one or another; nothing where there is none. */
  readonly holder: LockOwner | undefined;
  /** The exit code of the started one, where it has ended; `null` where a kill signal ended it. */
  readonly exitCode?: number | null;
  /** What it had to say. */
  readonly stderr: string;
}

const pollMs = 25;

/** How long a runner that holds its session is watched, in ms: what is wrong shows in its first moments. */
const firstMomentsMs = 2000;

/** How long a runner may take until it holds its session, in ms. */
const startMs = 30_000;

const maxStderrBytes = 8 * 1024;

/** Where the runners that a parent has started write what they have to say. */
export function runnerLogOf(store: Store): string {
  return join(store.folder, sessionFiles.logs, "runner.stderr.txt");
}

/**
 * Sees to it that a runner holds a session that is there: the one that does already, or a new one. Who only
 * makes the session in this moment is waited for.
 */
export async function ensureRunner(
  store: Store,
  folderName: string,
  flags: readonly string[],
): Promise<RunnerStart> {
  for (const end = performance.now() + startMs; ; await sleep(pollMs)) {
    const alive = readRunHolder(store);
    const found: RunnerStart =
      alive === undefined
        ? await startRunner(store, folderName, flags)
        : { holder: alive, exitCode: exitCodes.locked, stderr: "" };
    const { holder, exitCode } = found;
    const isHeldByNoRun = exitCode === exitCodes.locked && holder?.purpose !== "run";
    if (!isHeldByNoRun || performance.now() > end) return found;
  }
}

/**
 * Starts `samocode-run run` for a session that is there: a process of its own, which lives on when this one
 * ends. It takes the lock of the session, so that there is one runner however many are started.
 *
 * @returns as soon as it goes on with the session, has ended, or has held the session for a while.
 */
async function startRunner(
  store: Store,
  folderName: string,
  flags: readonly string[],
): Promise<RunnerStart> {
  const stderrFile = runnerLogOf(store);
  const history = join(store.folder, sessionFiles.history);
  mkdirSync(join(store.folder, sessionFiles.logs), { recursive: true });
  const before = sizeOf(history);
  const started = await startAgentProcess({
    command: process.execPath,
    args: [process.argv[1] ?? "", "run", "--wait", "--quiet", ...flags, "--", folderName],
    env: process.env,
    cwd: process.cwd(),
    promptFile: devNull,
    logFile: devNull,
    stderrFile,
  });
  if ("kind" in started) return { holder: undefined, exitCode: null, stderr: started.message };

  const { identity, exit, stderrOffset } = started;
  const end = performance.now() + startMs;
  let heldAt: number | undefined;
  for (;;) {
    const ended = exit();
    const holder = readRunHolder(store);
    const now = performance.now();
    if (holder !== undefined && holder.pid === identity?.pid) heldAt ??= now;
    const isSettled =
      heldAt !== undefined && (sizeOf(history) > before || now - heldAt > firstMomentsMs);
    if (isSettled || ended !== undefined || now > end) {
      return {
        holder,
        ...(ended !== undefined && { exitCode: ended.exitCode }),
        stderr: readTail(stderrFile, stderrOffset, maxStderrBytes).trim(),
      };
    }
    await sleep(pollMs);
  }
}
