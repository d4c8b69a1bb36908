import { randomBytes } from "node:crypto";
import { readlinkSync, symlinkSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createPulseWatch, startBeating, watchMs } from "./heartbeat.ts";
import { foreignError, heldError, LockError, lostError, type HolderSight } from "./lock-error.ts";
import { LockOwner } from "./lock-owner.ts";
import { livenessOf, ownIdentity } from "./process-identity.ts";
import { giveSign, readSign, removeDeadSigns, type LivingSign } from "./sign-of-life.ts";

// A lock is a symbolic link whose target is the owner as JSON; it points nowhere and is never followed.
// One call makes it whole or fails, so it cannot be torn, and a crash leaves no temporary file.
//
// Why there are never two holders. A lock is removed in two ways only:
//   1. by its owner;
//   2. by one who holds the lock `PATH.steal` and has seen, while holding it, that the owner of PATH is dead.
// In 2. nothing can change PATH between the look and the removal: its owner is dead, and everyone else who may
// remove it needs the `.steal` lock, which is mine while I live. A `.steal` lock left by a crash is a lock like
// any other and is taken away by the same rule, through `.steal.steal`, by the next one who gets PATH.
//
// When an owner is dead. In the same container its process is looked at. An owner in another container of this machine is
// dead if no process has its sign of life open any more. One that gives no sign, or runs on another machine,
// is dead if its lock was watched for a while without a beat. Only in this last case can it be wrong: a machine that
// sleeps beats no more, and wakes. So whoever holds a lock for long asks `requireHeld` before it acts.

/** A lock that this process holds. */
export interface Lock {
  readonly path: string;
  readonly owner: LockOwner;
  /** The open pipe that shows that the owner lives, to be handed to children; nothing without one. */
  readonly signFile: number | undefined;
  /**
   * Refuses to go on with a lock that was removed, or that somebody else has taken since.
   *
   * @throws {LockError} If it is not held any more.
   */
  readonly requireHeld: () => void;
  /** Gives the lock back; nothing happens if that was done before, or if a person has removed it meanwhile. */
  release(): void;
}

export interface LockOptions {
  /** What the lock is held for, in a word or two; told to those who find it taken. */
  readonly purpose?: string;
  /** That it is held for longer than a moment: then its owner gives a sign of life. @default false */
  readonly isLong?: boolean;
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

/** The beats of locks whose owners cannot be seen from here. */
const pulse = createPulseWatch();
/** The signs of life that this process gives, by folder. */
const signs = new Map<string, LivingSign>();

/**
 * Takes the lock at `path`, at once or not at all: one holder at any time among all processes that see the folder.
 * A lock whose owner is dead (killed, its pid used again, its container or machine gone) is taken over.
 * Does not wait; costs well under a millisecond, or some more for a long one.
 *
 * @throws {LockError} when it is held, also by this process itself, or when the folder cannot be written.
 * @example
 * const lock = acquireLock(join(folder, "_lock"), { purpose: "run" });
 * try { … } finally { lock.release(); }
 */
export function acquireLock(path: string, options: LockOptions = {}): Lock {
  // Held most often: then no sign is made.
  removeIfDead(path);
  const token = randomBytes(8).toString("hex");
  const folder = dirname(path);
  const ownSign = options.isLong === true ? giveSign(path, token) : undefined;
  const shown = ownSign ?? signs.get(folder);
  const owner: LockOwner = {
    ...ownIdentity(),
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    acquiredAt: new Date().toISOString(),
    token,
    beats: true,
    ...(shown && { alive: shown.sign }),
  };
  const text = JSON.stringify(owner);
  try {
    while (!createLink(text, path)) removeIfDead(path);
    removeDeadGuard(path);
    if (options.isLong === true) removeDeadSigns(path, ownSign?.sign);
  } catch (error) {
    ownSign?.end();
    throw error;
  }
  if (ownSign !== undefined) signs.set(folder, ownSign);
  const isHeld = (): boolean => linkIs(path, text);
  const stopBeating = startBeating(path, isHeld);
  return {
    path,
    owner,
    signFile: ownSign?.file,
    requireHeld: () => {
      if (!isHeld()) throw lostError(path, findHolder(path));
    },
    release: () => {
      stopBeating();
      if (isHeld()) {
        // An agent that was taken over may have given the sign of its dead runner until now.
        if (options.isLong === true) removeDeadSigns(path, ownSign?.sign);
        removeLink(path);
      }
      if (ownSign !== undefined && signs.get(folder) === ownSign) signs.delete(folder);
      ownSign?.end();
    },
  };
}

function findHolder(path: string): LockOwner | undefined {
  try {
    return readLockHolder(path);
  } catch {
    // Something that is no lock: nobody holds it.
    return undefined;
  }
}

/**
 * Gives the owner of the lock at `path`, or `undefined` if nobody holds it who is or may be alive. For showing; only
 * `acquireLock` decides.
 *
 * @throws {LockError} when there is something at `path` that is no lock.
 */
export function readLockHolder(path: string): LockOwner | undefined {
  const text = readLink(path);
  if (text === undefined) return undefined;
  const owner = parseOwner(text, path);
  return sightOf(path, text, owner) === "dead" ? undefined : owner;
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
      if (!(error instanceof LockError && error.code === "SAMOCODE_LOCK_HELD")) throw error;
      // What is watched will be known to be dead, or alive.
      const leftMs = end + (error.isWatched ? watchMs : 0) - performance.now();
      if (leftMs <= 0) throw error;
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

/** Removes the `.steal` lock of one who died while taking this lock over: it is in nobody's way, but forever there. */
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
  const sight = sightOf(path, text, holder);
  if (sight === "dead") return false;
  throw heldError(path, holder, sight);
}

function sightOf(path: string, text: string, owner: LockOwner): HolderSight | "dead" {
  const liveness = livenessOf(owner);
  if (liveness !== "elsewhere") return liveness;
  const { bootId } = ownIdentity();
  const isOnThisKernel = bootId !== null && owner.bootId === bootId;
  const sign = isOnThisKernel && owner.alive ? readSign(path, owner.alive) : "unknown";
  if (sign !== "unknown") return sign === "dead" ? "dead" : "elsewhere";
  const beat = pulse.read(path, text, owner.beats === true);
  return beat === "alive" ? "elsewhere" : beat;
}

function parseOwner(text: string, path: string): LockOwner {
  try {
    return LockOwner.parse(JSON.parse(text));
  } catch (cause) {
    throw foreignError(path, cause);
  }
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
    throw foreignError(path, cause);
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
