import { lutimesSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it, vi } from "vitest";
import { staleMs, watchMs, ownIdentity } from "@samocode/process";
import {
  acquireRunLock,
  readRunHolder,
  takeRunLock,
  type RunLockOptions,
} from "../src/session-lock.ts";

const elsewhere = {
  ...ownIdentity(),
  pid: 42,
  host: "far-away",
  bootId: "another",
  acquiredAt: "2026-01-08T10:00:00.000Z",
  token: "0000",
  beats: true,
};

/** A session that a run holds which shows no sign of life. */
async function createSilent() {
  const folder = await createTempFolder("samocode-run-lock-");
  const path = join(folder.path, ".run.lock");
  symlinkSync(JSON.stringify(elsewhere), path);
  const at = new Date(Date.now() - staleMs - 1000);
  lutimesSync(path, at, at);
  return folder;
}

it("takes a free session at once", async () => {
  await using folder = await createTempFolder("samocode-run-lock-");
  const onWatch = vi.fn<RunLockOptions["onWatch"]>();
  const lock = await takeRunLock(folder.path, { cancel: new AbortController().signal, onWatch });
  expect(lock.owner).toMatchObject({ pid: process.pid, purpose: "run" });
  expect(lock.owner.alive).toBeDefined();
  expect(onWatch).not.toHaveBeenCalled();
  lock.release();
});

it("refuses at once a session that somebody alive holds", async () => {
  await using folder = await createTempFolder("samocode-run-lock-");
  const lock = acquireRunLock(folder.path, "start");
  expect(lock.owner.alive).toBeUndefined();
  const onWatch = vi.fn<RunLockOptions["onWatch"]>();
  const taken = takeRunLock(folder.path, { cancel: new AbortController().signal, onWatch });
  await expect(taken).rejects.toMatchObject({ code: "SAMOCODE_LOCK_HELD", isWatched: false });
  expect(onWatch).not.toHaveBeenCalled();
  lock.release();
});

it("waits while it is not known whether the holder lives, says so once, and takes over from a dead one", async () => {
  await using folder = await createSilent();
  // A whole number: with a fraction, what is added to it may come out a little less.
  let now = 1000;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const onWatch = vi.fn<RunLockOptions["onWatch"]>(() => {
    now += watchMs;
  });
  const cancel = new AbortController().signal;
  const lock = await takeRunLock(folder.path, { cancel, onWatch, pollMs: 1 });
  clock.mockRestore();
  expect(onWatch.mock.calls).toEqual([[expect.objectContaining({ pid: 42, host: "far-away" })]]);
  expect(readRunHolder({ folder: folder.path })).toEqual(lock.owner);
  lock.release();
  expect(readdirSync(folder.path)).toEqual([]);
});

it("can be stopped while it waits", async () => {
  await using folder = await createSilent();
  const cancel = new AbortController();
  const onWatch = (): void => cancel.abort();
  await expect(takeRunLock(folder.path, { cancel: cancel.signal, onWatch })).rejects.toMatchObject({
    name: "AbortError",
  });
});
