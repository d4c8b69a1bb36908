import { shellQuote } from "./shell-quote.ts";
import type { LockOwner } from "./lock-owner.ts";

/**
 * Why a lock could not be had: `SAMOCODE_LOCK_HELD` by `holder`, or `SAMOCODE_LOCK_FAILED` by `cause`; or why a run must
 * end: `SAMOCODE_LOCK_LOST`, for its lock is gone or somebody else's.
 */
export class LockError extends Error {
  override readonly name = "LockError";
  readonly code: "SAMOCODE_LOCK_HELD" | "SAMOCODE_LOCK_FAILED" | "SAMOCODE_LOCK_LOST";
  readonly path: string;
  /** Set when somebody holds the lock. */
  readonly holder: LockOwner | undefined;
  /** Whether the holder may be dead, which is known after a while of watching its lock. */
  readonly isWatched: boolean;

  constructor(
    code: LockError["code"],
    message: string,
    facts: { path: string; holder?: LockOwner | undefined; isWatched?: boolean; cause?: unknown },
  ) {
    super(message, "cause" in facts ? { cause: facts.cause } : {});
    this.code = code;
    this.path = facts.path;
    this.holder = facts.holder;
    this.isWatched = facts.isWatched ?? false;
  }
}

/** What is known of a holder that is not known to be dead. */
export type HolderSight = "alive" | "elsewhere" | "watched";

const advice: Record<HolderSight, (path: string) => string> = {
  alive: () => "Wait until it ends, or stop it.",
  elsewhere: (path) =>
    "It runs in another container or on another machine, where it seems to be alive. Stop it there; " +
    `if you know that it is gone, remove the lock: rm ${shellQuote(path)}`,
  watched: (path) =>
    "It runs in another container or on another machine, and shows no sign of life. " +
    `Try again in half a minute; if you know that it is gone, remove the lock: rm ${shellQuote(path)}`,
};

/** The error for a lock that somebody holds. */
export function heldError(path: string, holder: LockOwner, sight: HolderSight): LockError {
  const message = `cannot lock \`${path}\`: it is held by ${describeOwner(holder)}. ${advice[sight](path)}`;
  return new LockError("SAMOCODE_LOCK_HELD", message, {
    path,
    holder,
    isWatched: sight === "watched",
  });
}

/** The error for a run whose lock is gone, or held by `holder` now. */
export function lostError(path: string, holder: LockOwner | undefined): LockError {
  const why =
    holder === undefined
      ? "was removed during this run"
      : `was removed and is now held by ${describeOwner(holder)}`;
  const message =
    `cannot continue: the lock \`${path}\` ${why}. No further agent is started, and nothing is lost. ` +
    "If no other run holds the session, run it again.";
  return new LockError("SAMOCODE_LOCK_LOST", message, { path, holder });
}

/** The error for something at the path of a lock that samocode did not make. */
export function foreignError(path: string, cause: unknown): LockError {
  const message =
    `cannot lock \`${path}\`: it is not a samocode lock. ` +
    `Inspect it (ls -l), then remove it: rm ${shellQuote(path)}`;
  return new LockError("SAMOCODE_LOCK_FAILED", message, { path, cause });
}

function describeOwner({ pid, host, purpose, acquiredAt }: LockOwner): string {
  return `pid ${pid} on ${host}${purpose === undefined ? "" : ` (${purpose})`}, since ${acquiredAt}`;
}
