import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { canBeYounger, markProcess } from "../src/process-mark.ts";

/** The last pid that the system has given. */
function lastPid(): number {
  return Number(/(\d+)\s*$/.exec(readFileSync("/proc/loadavg", "utf8"))?.[1]);
}

describe.runIf(process.platform === "linux")("a mark", () => {
  test("tells what was started before it from what was started after", async () => {
    const child = spawn("sleep", ["60"]);
    const pid = child.pid ?? 0;
    const mark = markProcess(pid);
    const later = spawn("sleep", ["60"]);
    const isYounger = canBeYounger(mark);
    expect(isYounger(pid)).toBe(true);
    expect(isYounger(later.pid ?? 0)).toBe(true);
    expect(isYounger(process.pid)).toBe(false);
    for (const process of [child, later]) process.kill("SIGKILL");
    await Promise.all([once(child, "exit"), once(later, "exit")]);
  });

  test("holds also where the pids have gone round", () => {
    const forks = markProcess(1)?.forks ?? 0;
    // The last pid given lies far below this one.
    const isYounger = canBeYounger({ pid: 4_000_000, forks });
    expect(isYounger(4_000_001)).toBe(true);
    expect(isYounger(1)).toBe(true);
    expect(isYounger(3_999_999)).toBe(false);
  });

  test("holds for the last pid given and the marked one, and for none beside them", () => {
    const forks = markProcess(1)?.forks ?? 0;
    // Others start processes meanwhile: only a look during which none was started counts.
    for (let tries = 0; ; tries++) {
      const before = lastPid();
      const isYounger = canBeYounger({ pid: before + 2, forks });
      const same = canBeYounger({ pid: before, forks });
      if (lastPid() !== before && tries < 1000) continue;
      expect([before - 1, before, before + 1, before + 2].map(isYounger)).toEqual([
        true,
        true,
        false,
        true,
      ]);
      expect([before - 1, before, before + 1].map(same)).toEqual([false, true, false]);
      return;
    }
  });

  test("says nothing when so many were started since that the circle may be closed", () => {
    const isYounger = canBeYounger({ pid: process.pid + 1, forks: -10_000_000 });
    expect(isYounger(process.pid)).toBe(true);
  });

  test("says nothing if there is none", () => {
    expect(canBeYounger(undefined)(1)).toBe(true);
  });
});
