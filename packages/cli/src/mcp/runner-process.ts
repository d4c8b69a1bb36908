import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureFolder, sessionFiles, type Store } from "@samocode/core/store";
import { startAgentProcess, readTail, sizeOf, type LockOwner } from "@samocode/process";
import { readRunHolder, exitCodes, UsageError } from "@samocode/session";

/** How the start of a runner went, and what it had to say. */
export type RunnerStart = { readonly stderr: string } & (
  | {
      readonly state: "running";
      readonly holder: LockOwner;
      /** Whether it was started for this call. */
      readonly isNew: boolean;
    }
  /** It takes its time; whether it comes to hold the session is not known. */
  | { readonly state: "starting" }
  /** `exitCode` is `null` where a kill signal ended it. */
  | { readonly state: "ended"; readonly exitCode: number | null }
);

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
 *
 * @throws {UsageError} When something else holds the session.
 */
export async function ensureRunner(
  store: Store,
  name: string,
  folderName: string,
  flags: readonly string[],
): Promise<RunnerStart> {
  for (const end = performance.now() + startMs; ; await sleep(pollMs)) {
    const holder = readRunHolder(store);
    if (holder?.purpose === "run") return { state: "running", holder, isNew: false, stderr: "" };
    if (holder === undefined) {
      const started = await startRunner(store, folderName, flags);
      // Between the look and the start another one may have come, and may have gone again.
      const isLate = started.state === "ended" && started.exitCode === exitCodes.locked;
      if (!isLate || performance.now() > end) return started;
    } else if (holder.purpose !== "start" || performance.now() > end) {
      const { pid, host, purpose = "something" } = holder;
      throw new UsageError(
        `cannot run \`${name}\`: ${purpose} with pid ${pid} on ${host} holds it. Try again once it has ended`,
      );
    }
  }
}

/**
 * Starts `samocode-run run`: a process of its own, which lives on when this one ends. It takes the lock of
 * the session, so that there is one runner however many are started.
 *
 * @returns as soon as it goes on with the session, has ended, or has held the session for a while.
 */
async function startRunner(
  store: Store,
  folderName: string,
  flags: readonly string[],
): Promise<RunnerStart> {
  const history = join(store.folder, sessionFiles.history);
  const before = sizeOf(history);
  const stderrFile = prepareRunnerLog(store);
  const started = await startAgentProcess({
    command: process.execPath,
    args: [process.argv[1] ?? "", "run", "--wait", "--quiet", ...flags, "--", folderName],
    env: process.env,
    cwd: process.cwd(),
    promptFile: devNull,
    logFile: devNull,
    stderrFile,
  });
  if ("startError" in started) {
    const stderr = `cannot start the runner: ${String(started.startError)}`;
    return { state: "ended", exitCode: null, stderr };
  }

  const { identity, exit, stderrOffset } = started;
  const stderr = (): string => readTail(stderrFile, stderrOffset, maxStderrBytes).trim();
  let heldAt: number | undefined;
  for (const end = performance.now() + startMs; ; await sleep(pollMs)) {
    const ended = exit();
    if (ended !== undefined) return { state: "ended", exitCode: ended.exitCode, stderr: stderr() };
    const holder = readRunHolder(store);
    const now = performance.now();
    if (holder !== undefined && holder.pid === identity.pid) {
      heldAt ??= now;
      if (sizeOf(history) > before || now - heldAt > firstMomentsMs)
        return { state: "running", holder, isNew: true, stderr: stderr() };
    }
    if (now > end) return { state: "starting", stderr: stderr() };
  }
}

/** Makes what the log of the runner needs, and nothing for a session that is gone. */
function prepareRunnerLog(store: Store): string {
  const logs = join(store.folder, sessionFiles.logs);
  // Not those above it.
  if (existsSync(store.folder)) ensureFolder(logs);
  return runnerLogOf(store);
}
