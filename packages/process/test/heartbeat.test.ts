import { lstatSync, lutimesSync, mkdtempSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createPulseWatch,
  judgePulse,
  silentMs,
  staleMs,
  startBeating,
  watchMs,
} from "../src/heartbeat.ts";

let folder: string;
let path: string;
const begin = Date.parse("2026-01-08T10:00:00Z");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-beat-"));
  path = join(folder, "_lock");
  symlinkSync("owner", path);
  vi.useFakeTimers({ now: begin, toFake: ["Date", "performance", "setInterval", "clearInterval"] });
  beatAt(begin);
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function beatAt(at: number): void {
  lutimesSync(path, new Date(at), new Date(at));
}

function lastBeat(): number {
  return Math.round(lstatSync(path).mtimeMs);
}

describe("an owner that beats", () => {
  const beats = true;

  test.each([
    [0, 0, "alive"],
    [staleMs, watchMs, "alive"],
    [-staleMs, watchMs, "alive"],
    [staleMs + 1, 0, "watched"],
    [staleMs + 1, watchMs - 1, "watched"],
    [staleMs + 1, watchMs, "dead"],
    [-staleMs - 1, watchMs - 1, "watched"],
    // Its clock went ahead of ours, and it is silent.
    [-staleMs - 1, watchMs, "dead"],
  ])("whose last beat was %i ms ago, watched for %i ms, is %s", (ageMs, watchedMs, pulse) => {
    expect(judgePulse({ beats, ageMs, watchedMs })).toBe(pulse);
  });
});

test.each([
  [silentMs, watchMs, "alive"],
  [-silentMs * 2, watchMs, "alive"],
  [silentMs + 1, watchMs - 1, "watched"],
  [silentMs + 1, watchMs, "dead"],
])("an owner that never beats, %i ms old, watched for %i ms, is %s", (ageMs, watchedMs, pulse) => {
  expect(judgePulse({ beats: false, ageMs, watchedMs })).toBe(pulse);
});

test("the limits leave room for beats that come late", () => {
  expect(staleMs).toBe(60_000);
  expect(watchMs).toBe(25_000);
  expect(silentMs).toBe(86_400_000);
});

describe("a watch", () => {
  test("calls an owner dead that it has seen without a beat for long enough", () => {
    const watch = createPulseWatch();
    vi.setSystemTime(begin + staleMs + 1);
    expect(watch.read(path, "owner", true)).toBe("watched");
    vi.advanceTimersByTime(watchMs - 1);
    expect(watch.read(path, "owner", true)).toBe("watched");
    vi.advanceTimersByTime(1);
    expect(watch.read(path, "owner", true)).toBe("dead");
  });

  test("begins again with each beat, whatever the clocks say", () => {
    const watch = createPulseWatch();
    // Our clock is an hour ahead of that of the owner.
    vi.setSystemTime(begin + 3_600_000);
    for (let beat = 1; beat <= 10; beat++) {
      expect(watch.read(path, "owner", true)).toBe("watched");
      vi.advanceTimersByTime(20_000);
      beatAt(begin + beat * 20_000);
    }
    expect(watch.read(path, "owner", true)).toBe("watched");
  });

  test("begins again with each owner", () => {
    const watch = createPulseWatch();
    vi.setSystemTime(begin + staleMs + 1);
    expect(watch.read(path, "owner", true)).toBe("watched");
    vi.advanceTimersByTime(watchMs);
    expect(watch.read(path, "other", true)).toBe("watched");
  });

  test("counts nothing while the machine sleeps: only the clock on the wall goes on", () => {
    const watch = createPulseWatch();
    vi.setSystemTime(begin + staleMs + 1);
    expect(watch.read(path, "owner", true)).toBe("watched");
    vi.setSystemTime(begin + 8 * 3_600_000);
    expect(watch.read(path, "owner", true)).toBe("watched");
  });

  test("says nothing of a lock that is gone", () => {
    const watch = createPulseWatch();
    unlinkSync(path);
    expect(watch.read(path, "owner", true)).toBe("watched");
  });
});

describe("beating", () => {
  test("renews the time stamp of the lock every ten seconds, until it is stopped", () => {
    const stop = startBeating(path, () => true);
    vi.advanceTimersByTime(9_999);
    expect(lastBeat()).toBe(begin);
    vi.advanceTimersByTime(1);
    expect(lastBeat()).toBe(begin + 10_000);
    vi.advanceTimersByTime(10_000);
    expect(lastBeat()).toBe(begin + 20_000);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(lastBeat()).toBe(begin + 20_000);
  });

  test("ends with the lock, and never touches that of another one", () => {
    let isOurs = true;
    startBeating(path, () => isOurs);
    vi.advanceTimersByTime(10_000);
    isOurs = false;
    vi.advanceTimersByTime(10_000);
    isOurs = true;
    vi.advanceTimersByTime(60_000);
    expect(lastBeat()).toBe(begin + 10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("goes on after a beat that failed", () => {
    const stop = startBeating(path, () => true);
    unlinkSync(path);
    vi.advanceTimersByTime(10_000);
    symlinkSync("owner", path);
    vi.advanceTimersByTime(10_000);
    expect(lastBeat()).toBe(begin + 20_000);
    stop();
  });
});
