import {
  lutimesSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { silentMs, staleMs, watchMs } from "../src/heartbeat.ts";
import { LockError } from "../src/lock-error.ts";
import { acquireLock, readLockHolder, withLock } from "../src/lock.ts";
import { ownIdentity } from "../src/process-identity.ts";
import { giveSign, type LivingSign } from "../src/sign-of-life.ts";

let folder: string;
let path: string;
const ends: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-lock-"));
  path = join(folder, "_lock");
});

afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true });
});

const someone = { ...ownIdentity(), acquiredAt: "2026-01-08T10:00:00.000Z", token: "0000" };
const elsewhere = { ...someone, pid: 42, host: "far-away", bootId: "another" };

function leaveLock(owner: object, at = path): void {
  symlinkSync(JSON.stringify(owner), at);
}

function failure(action: () => unknown): LockError {
  try {
    action();
  } catch (error) {
    if (error instanceof LockError) return error;
    throw error;
  }
  throw new Error("expected a LockError");
}

/** Leaves a lock whose last beat was so long ago. */
function leaveSilent(owner: object, silentFor: number): void {
  leaveLock(owner);
  const at = new Date(Date.now() - silentFor);
  lutimesSync(path, at, at);
}

function leaveSignless(): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
}

function leaveSign(kind: "alive" | "dead") {
  const living = giveSign(path, "0123456789abcdef");
  if (living === undefined) throw new Error("this system has no named pipes");
  ends.push(living.end);
  if (kind === "dead") dieWithSign(living);
  return living.sign;
}

/** Closes a sign of life as the kernel does when its process is killed: the file stays. */
function dieWithSign({ sign, end }: LivingSign): void {
  const pipe = join(folder, sign.file);
  renameSync(pipe, `${pipe}.kept`);
  end();
  renameSync(`${pipe}.kept`, pipe);
}

describe("the lock of an owner that cannot be seen", () => {
  const now = Date.parse("2026-01-08T12:00:00Z");
  const otherContainer = { ...someone, pidNamespace: "pid:[1]", beats: true };
  const heldWords = `cannot lock \`PATH\`: it is held by pid 42 on far-away, since 2026-01-08T10:00:00.000Z. `;

  beforeEach(() => {
    vi.useFakeTimers({ now, toFake: ["Date", "performance", "setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("is held as long as it beats, and the message says whose it is and what to do", () => {
    leaveSilent({ ...elsewhere, beats: true }, staleMs);
    const error = failure(() => acquireLock(path));
    expect(error).toMatchObject({ code: "SAMOCODE_LOCK_HELD", isWatched: false });
    expect(error.holder).toMatchObject({ pid: 42, host: "far-away" });
    expect(error.message).toBe(
      heldWords.replace("PATH", path) +
        "It runs in another container or on another machine, where it seems to be alive. Stop it there; " +
        `if you know that it is gone, remove the lock: rm ${path}`,
    );
    vi.advanceTimersByTime(watchMs);
    lutimesSync(path, new Date(), new Date());
    expect(failure(() => acquireLock(path)).isWatched).toBe(false);
    expect(readLockHolder(path)).toMatchObject({ pid: 42 });
  });

  test.each([
    ["that has missed its beats", { ...elsewhere, beats: true }, staleMs],
    ["of another container that has missed its beats", otherContainer, staleMs],
    ["of an earlier version, which never beat, after a day", elsewhere, silentMs],
  ])("%s is watched for a while, then taken over", (_, owner, silentFor) => {
    leaveSilent(owner, silentFor + 1);
    const error = failure(() => acquireLock(path));
    expect(error).toMatchObject({ code: "SAMOCODE_LOCK_HELD", isWatched: true });
    expect(error.message).toContain(
      "It runs in another container or on another machine, and shows no sign of life. " +
        `Try again in half a minute; if you know that it is gone, remove the lock: rm ${path}`,
    );
    vi.advanceTimersByTime(watchMs - 1);
    expect(failure(() => acquireLock(path)).isWatched).toBe(true);
    vi.advanceTimersByTime(1);
    expect(readLockHolder(path)).toBeUndefined();
    const lock = acquireLock(path);
    expect(readLockHolder(path)).toEqual(lock.owner);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is taken over at once if the kernel says that its process is gone", () => {
    const sign = leaveSign("dead");
    leaveSilent({ ...otherContainer, alive: sign }, 0);
    expect(readLockHolder(path)).toBeUndefined();
    acquireLock(path, { isLong: true }).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is held as long as the kernel says that its process is there, though it beats no more", () => {
    const sign = leaveSign("alive");
    leaveSilent({ ...otherContainer, alive: sign }, 2 * silentMs);
    expect(failure(() => acquireLock(path)).isWatched).toBe(false);
    vi.advanceTimersByTime(watchMs);
    expect(failure(() => acquireLock(path)).isWatched).toBe(false);
  });

  test("on another kernel is judged by its beats alone: a pipe there is another one here", () => {
    leaveSilent({ ...elsewhere, beats: true, alive: leaveSign("dead") }, 0);
    expect(failure(() => acquireLock(path))).toMatchObject({ code: "SAMOCODE_LOCK_HELD" });
    leaveSignless();
    leaveSilent({ ...otherContainer, bootId: null, host: "x", alive: leaveSign("dead") }, 0);
    expect(failure(() => acquireLock(path))).toMatchObject({ code: "SAMOCODE_LOCK_HELD" });
  });

  test("whose sign was removed is judged by its beats", () => {
    const sign = leaveSign("alive");
    rmSync(join(folder, sign.file));
    leaveSilent({ ...otherContainer, alive: sign }, staleMs + 1);
    expect(failure(() => acquireLock(path)).isWatched).toBe(true);
  });

  test("is waited for until it is known whether it is alive", async () => {
    leaveSilent(otherContainer, staleMs + 1);
    const work = vi.fn<() => string>(() => "done");
    const waiting = withLock(path, work, { waitMs: 1 });
    await vi.waitFor(() => {
      expect(failure(() => acquireLock(path)).isWatched).toBe(true);
    });
    vi.advanceTimersByTime(watchMs);
    expect(await waiting).toBe("done");
  });
});

describe("a lock that is held for long", () => {
  test("gives a sign of life, also to the short locks of its folder, and takes it away", () => {
    const lock = acquireLock(path, { purpose: "run", isLong: true });
    const { alive } = lock.owner;
    expect(alive?.file).toBe(`_lock.alive.${lock.owner.token}`);
    expect(lock.signFile).toBeGreaterThan(2);
    expect(readdirSync(folder).toSorted()).toEqual(["_lock", alive?.file]);
    const short = acquireLock(join(folder, "_write"));
    expect(short.owner.alive).toEqual(alive);
    expect(short.signFile).toBeUndefined();
    short.release();
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    expect(acquireLock(join(folder, "_write")).owner.alive).toBeUndefined();
  });

  test("takes away the sign of its predecessor, once the agent that kept it open has ended", () => {
    const agent = giveSign(path, "0123456789abcdef");
    if (agent === undefined) throw new Error("this system has no named pipes");
    const lock = acquireLock(path, { isLong: true });
    dieWithSign(agent);
    expect(readdirSync(folder)).toContain(agent.sign.file);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("leaves no sign where it was not to be had", () => {
    acquireLock(path);
    expect(failure(() => acquireLock(path, { isLong: true })).code).toBe("SAMOCODE_LOCK_HELD");
    expect(readdirSync(folder)).toEqual(["_lock"]);
  });

  test("goes on while it is held, and not once it was removed or taken by somebody else", () => {
    const lock = acquireLock(path, { purpose: "run" });
    lock.requireHeld();
    unlinkSync(path);
    expect(failure(lock.requireHeld)).toMatchObject({
      code: "SAMOCODE_LOCK_LOST",
      path,
      holder: undefined,
      message:
        `cannot continue: the lock \`${path}\` was removed during this run. ` +
        "No further agent is started, and nothing is lost. If no other run holds the session, run it again.",
    });
    leaveLock(someone);
    const error = failure(lock.requireHeld);
    expect(error).toMatchObject({ code: "SAMOCODE_LOCK_LOST", holder: someone });
    expect(error.message).toContain(
      `was removed and is now held by pid ${process.pid} on ${someone.host}, since 2026-01-08T10:00:00.000Z.`,
    );
    rmSync(path);
    writeFileSync(path, "mine");
    expect(failure(lock.requireHeld)).toMatchObject({
      code: "SAMOCODE_LOCK_LOST",
      holder: undefined,
    });
  });
});
