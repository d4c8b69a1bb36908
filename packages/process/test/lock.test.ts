import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LockError } from "../src/lock-error.ts";
import { acquireLock, readLockHolder, withLock } from "../src/lock.ts";
import { ownIdentity } from "../src/process-identity.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-lock-"));
  path = join(folder, "_lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const someone = { ...ownIdentity(), acquiredAt: "2026-01-08T10:00:00.000Z", token: "0000" };
const dead = { ...someone, startTime: "1" };

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

test("a lock is held until it is released, and leaves nothing behind", () => {
  const lock = acquireLock(path, { purpose: "run" });
  expect(readLockHolder(path)).toEqual(lock.owner);
  expect(lock.owner).toMatchObject({ pid: process.pid, purpose: "run" });
  lock.release();
  lock.release();
  expect(readLockHolder(path)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test("a held lock is refused, also to the process that holds it, and its holder is named", () => {
  const lock = acquireLock(path, { purpose: "run" });
  const error = failure(() => acquireLock(path));
  expect(error).toMatchObject({ code: "SAMOCODE_LOCK_HELD", path, holder: lock.owner });
  expect(error.message).toBe(
    `cannot lock \`${path}\`: it is held by pid ${process.pid} on ${lock.owner.host} (run), ` +
      `since ${lock.owner.acquiredAt}. Wait until it ends, or stop it.`,
  );
});

test("the lock of a dead owner is taken over at once", () => {
  leaveLock(dead);
  expect(readLockHolder(path)).toBeUndefined();
  const lock = acquireLock(path);
  expect(readLockHolder(path)).toEqual(lock.owner);
  expect(readdirSync(folder)).toEqual(["_lock"]);
});

test("a crash in the middle of a takeover, and of the takeover of that, is taken over as well", () => {
  leaveLock(dead);
  leaveLock({ ...dead, token: "0001" }, `${path}.steal`);
  leaveLock({ ...dead, token: "0002" }, `${path}.steal.steal`);
  acquireLock(path).release();
  expect(readdirSync(folder)).toEqual([]);
});

test("what one left who died while taking a lock over is removed by the next who gets it", () => {
  leaveLock(dead, `${path}.steal`);
  acquireLock(path).release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock can be had while another one that is alive still holds the right to take it over", () => {
  leaveLock(someone, `${path}.steal`);
  acquireLock(path).release();
  expect(readdirSync(folder)).toEqual(["_lock.steal"]);
});

test("while another one that is alive takes a dead lock over, it is held", () => {
  leaveLock(dead);
  leaveLock(someone, `${path}.steal`);
  const error = failure(() => acquireLock(path));
  expect(error).toMatchObject({ code: "SAMOCODE_LOCK_HELD", path: `${path}.steal` });
  expect(readlinkSync(path)).toBe(JSON.stringify(dead));
});

test("what is no lock is left alone and shown", () => {
  writeFileSync(path, "mine");
  expect(failure(() => acquireLock(path))).toMatchObject({ code: "SAMOCODE_LOCK_FAILED" });
  expect(failure(() => readLockHolder(path)).message).toContain("is not a samocode lock");
  unlinkSync(path);
  symlinkSync("/etc/passwd", path);
  expect(failure(() => acquireLock(path))).toMatchObject({ code: "SAMOCODE_LOCK_FAILED" });
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
});

test("a folder that does not exist is named", () => {
  const error = failure(() => acquireLock(join(folder, "gone", "_lock")));
  expect(error).toMatchObject({ code: "SAMOCODE_LOCK_FAILED" });
  expect(error.message).toContain("its folder does not exist");
});

test("releasing does not touch a lock that another one took after a person had removed mine", () => {
  const mine = acquireLock(path);
  unlinkSync(path);
  const other = acquireLock(path);
  mine.release();
  expect(readLockHolder(path)).toEqual(other.owner);
  unlinkSync(path);
  writeFileSync(path, "");
  other.release();
  expect(readdirSync(folder)).toEqual(["_lock"]);
});

test("withLock runs one piece of work after the other, and gives what it gives", async () => {
  let inside = 0;
  const work = async (value: number) => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(2);
    inside -= 1;
    return value;
  };
  const values = await Promise.all(
    Array.from({ length: 8 }, (_, value) => withLock(path, () => work(value))),
  );
  expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(readdirSync(folder)).toEqual([]);
});

test("withLock gives the lock back when the work fails", async () => {
  await expect(
    withLock(path, () => {
      throw new Error("no luck");
    }),
  ).rejects.toThrow("no luck");
  expect(readdirSync(folder)).toEqual([]);
});

test("withLock gives up after waitMs, without having run the work", async () => {
  acquireLock(path, { purpose: "run" });
  const start = performance.now();
  await expect(withLock(path, () => expect.unreachable(), { waitMs: 60 })).rejects.toMatchObject({
    code: "SAMOCODE_LOCK_HELD",
  });
  const tookMs = performance.now() - start;
  expect(tookMs).toBeGreaterThanOrEqual(59);
  expect(tookMs).toBeLessThan(1_000);
});

test("waiting can be cancelled", async () => {
  acquireLock(path);
  const waiting = withLock(path, () => expect.unreachable(), { cancel: AbortSignal.timeout(20) });
  await expect(waiting).rejects.toThrow("aborted");
});

test("withLock does not wait for what never ends by itself: something that is no lock", async () => {
  writeFileSync(path, "mine");
  await expect(withLock(path, () => expect.unreachable())).rejects.toMatchObject({
    code: "SAMOCODE_LOCK_FAILED",
  });
});

test("taking and releasing a free lock costs less than a millisecond", () => {
  const roundsMs = Array.from({ length: 100 }, () => {
    const start = performance.now();
    acquireLock(path).release();
    return performance.now() - start;
  });
  // The fastest one: the others measure what else the machine has to do.
  expect(Math.min(...roundsMs)).toBeLessThan(1);
});
