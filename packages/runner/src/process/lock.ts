import { randomBytes } from "node:crypto";
import { readlinkSync, symlinkSync, unlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { livenessOf, ownIdentity, ProcessIdentity } from "./process-identity.ts";
import { shellQuote } from "../terminal/shell-quote.ts";

// A lock is a symbolic link whose target is the owner as JSON; it points nowhere and is never followed.
// One call makes it whole or fails, so it cannot be torn, and a crash leaves no temporary file.
//
// Why there are never two holders. A lock is removed in two ways only:
//   1. by its owner;
//   2. by one who holds the lock `PATH.steal` and has seen, while holding it, that the owner of PATH is dead.
// In 2. nothing can change PATH between the look and the removal: its owner is dead, and everyone else who may
// remove it needs the `.steal` lock, which is mine while I live. A `.steal` lock left by a crash is a lock like
// any other and is taken away by the same rule, through `.steal.steal`, by the next one who gets PATH.

/** Who holds a lock. */
export const LockOwner = ProcessIdentity.extend({
  /** What it holds the lock for, in a word or two. */
  purpose: z.string().optional(),
  /** ISO 8601, UTC. */
  acquiredAt: z.string(),
  /** Tells apart two locks of one process. */
  token: z.string(),
});
export type LockOwner = z.infer<typeof LockOwner>;

/** A lock that this process holds. */
export interface Lock {
  readonly path: string;
  readonly owner: LockOwner;
  /** Gives the lock back; nothing happens if that was done before, or if a person has removed it meanwhile. */
  release(): void;
}

export interface LockOptions {
  /** What the lock is held for, in a word or two; told to those who find it taken. */
  readonly purpose?: string;
}

export interface WithLockOptions extends LockOptions {
  /**
   * How long to wait for a holder that is alive.
   * @default 10_000
   */
  readonly waitMs?: number;
  /** Ends the waiting; it does not end the work. */
  readonly cancel?: AbortSignal;
}

/** Why a lock could not be had: `SAMOCODE_LOCK_HELD` by `holder`, or `SAMOCODE_LOCK_FAILED` by `cause`. */
export class LockError extends Error {
  override readonly name = "LockError";
  readonly code: "SAMOCODE_LOCK_HELD" | "SAMOCODE_LOCK_FAILED";
  readonly path: string;
  /** Set when the lock is held. */
  readonly holder: LockOwner | undefined;

  constructor(
    code: LockError["code"],
    message: string,
    facts: { path: string; holder?: LockOwner; cause?: unknown },
  ) {
    super(message, "cause" in facts ? { cause: facts.cause } : {});
    this.code = code;
    this.path = facts.path;
    this.holder = facts.holder;
  }
}

/**
 * Takes the lock at `path`, at once or not at all: one holder at any time among all processes that see the folder.
 * A lock whose owner is dead (killed, its pid used again, the machine restarted) is taken over.
 * One of another machine or container is never taken over, for its owner cannot be seen from here.
 * Does not wait; costs well under a millisecond.
 *
 * @throws {LockError} when it is held, also by this process itself, or when the folder cannot be written.
 * @example
 * const lock = acquireLock(join(folder, "_lock"), { purpose: "run" });
 * try { … } finally { lock.release(); }
 */
export function acquireLock(path: string, options: LockOptions = {}): Lock {
  const owner: LockOwner = {
    ...ownIdentity(),
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    acquiredAt: new Date().toISOString(),
    token: randomBytes(8).toString("hex"),
  };
  const text = JSON.stringify(owner);
  while (!createLink(text, path)) removeIfDead(path);
  removeDeadGuard(path);
  return {
    path,
    owner,
    release: () => {
      if (linkIs(path, text)) removeLink(path);
    },
  };
}

/**
 * Gives the owner of the lock at `path`, or `undefined` if nobody alive on this machine, and nobody of another
 * machine, holds it. For showing; only `acquireLock` decides.
 *
 * @throws {LockError} when there is something at `path` that is no lock.
 */
export function readLockHolder(path: string): LockOwner | undefined {
  const text = readLink(path);
  if (text === undefined) return undefined;
  const owner = parseOwner(text, path);
  return livenessOf(owner) === "dead" ? undefined : owner;
}

/**
 * Runs `work` while holding the lock at `path`, and gives what it gives. Waits for another holder with growing
 * pauses of 1 to 50 ms; the order of those who wait is not kept.
 *
 * @throws {LockError} when it is still held after `waitMs`.
 * @example
 * await withLock(join(folder, "_lock"), () => appendAnswer(folder, answer));
 */
export async function withLock<T>(
  path: string,
  work: () => T | Promise<T>,
  options: WithLockOptions = {},
): Promise<T> {
  const lock = await waitForLock(path, options);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function waitForLock(path: string, options: WithLockOptions): Promise<Lock> {
  const end = performance.now() + (options.waitMs ?? 10_000);
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    options.cancel?.throwIfAborted();
    try {
      return acquireLock(path, options);
    } catch (error) {
      const held = error instanceof LockError && error.code === "SAMOCODE_LOCK_HELD";
      const leftMs = end - performance.now();
      if (!held || leftMs <= 0) throw error;
      // Half of the pause is by chance: those who wait should not all come back together.
      const nextMs = Math.min(leftMs, pauseMs * (0.5 + Math.random() / 2));
      await sleep(nextMs, undefined, options.cancel ? { signal: options.cancel } : {});
    }
  }
}

/** Returns when the lock is gone or was removed; throws when its owner may be alive. */
function removeIfDead(path: string): void {
  if (ownerAlive(path) !== false) return;
  const guard = acquireLock(`${path}.steal`, { purpose: "taking over a lock" });
  try {
    if (ownerAlive(path) === false) removeLink(path);
  } finally {
    guard.release();
  }
}

/** Removes the `.steal` lock of one who died while taking this lock over: it is in nobody's way, but for ever there. */
function removeDeadGuard(path: string): void {
  try {
    removeIfDead(`${path}.steal`);
  } catch (error) {
    // Somebody alive holds it, and gives it back.
    if (!(error instanceof LockError)) throw error;
  }
}

/** `undefined`: there is no lock. Throws when the owner is or may be alive. */
function ownerAlive(path: string): false | undefined {
  const text = readLink(path);
  if (text === undefined) return undefined;
  const holder = parseOwner(text, path);
  const liveness = livenessOf(holder);
  if (liveness === "dead") return false;
  throw new LockError("SAMOCODE_LOCK_HELD", formatHeld(path, holder, liveness), { path, holder });
}

function formatHeld(path: string, holder: LockOwner, liveness: "alive" | "elsewhere"): string {
  const { pid, host, purpose, acquiredAt } = holder;
  const who = `pid ${pid} on ${host}${purpose === undefined ? "" : ` (${purpose})`}, since ${acquiredAt}`;
  const next =
    liveness === "alive"
      ? `Wait until it ends, or stop it.`
      : `It runs on another machine or in another container, so whether it is alive cannot be seen from here. ` +
        `If you know that it is gone, remove the lock: rm ${shellQuote(path)}`;
  return `cannot lock \`${path}\`: it is held by ${who}. ${next}`;
}

function parseOwner(text: string, path: string): LockOwner {
  try {
    return LockOwner.parse(JSON.parse(text));
  } catch (cause) {
    throw new LockError("SAMOCODE_LOCK_FAILED", notALock(path), { path, cause });
  }
}

function notALock(path: string): string {
  return (
    `cannot lock \`${path}\`: what is there was not made by samocode. ` +
    `Look at it (ls -l), then remove it: rm ${shellQuote(path)}`
  );
}

/** False when there is something at `path` already. */
function createLink(text: string, path: string): boolean {
  try {
    symlinkSync(text, path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") return false;
    const why =
      codeOf(cause) === "ENOENT"
        ? "its folder does not exist"
        : `${codeOf(cause)}: the folder must be writable, on a file system with symbolic links`;
    throw new LockError("SAMOCODE_LOCK_FAILED", `cannot lock \`${path}\`: ${why}.`, {
      path,
      cause,
    });
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw new LockError("SAMOCODE_LOCK_FAILED", notALock(path), { path, cause });
  }
}

function linkIs(path: string, text: string): boolean {
  try {
    return readlinkSync(path) === text;
  } catch {
    return false;
  }
}

function removeLink(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
