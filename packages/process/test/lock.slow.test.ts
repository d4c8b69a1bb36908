import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acquireLock } from "../src/lock.ts";

let folder: string;
let worker: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "samocode-lock-"));
  worker = join(folder, "worker.mjs");
  const bundle = await rolldown({
    input: fileURLToPath(new URL("workers/lock-worker.ts", import.meta.url)),
    platform: "node",
  });
  await bundle.write({ file: worker, format: "esm", codeSplitting: false });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function makeArena(name: string): string {
  const arena = join(folder, name);
  mkdirSync(join(arena, "marks"), { recursive: true });
  return arena;
}

function lines(arena: string, file: string): string[] {
  try {
    return readFileSync(join(arena, file), "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a holder that is killed at any moment leaves no lock that stops the others", async () => {
  const arena = makeArena("killed");
  const start = () => spawn(process.execPath, [worker, arena], { stdio: "inherit" });
  const children = Array.from({ length: 5 }, start);
  try {
    for (let kills = 0; kills < 30; kills += 1) {
      await sleep(50 + Math.random() * 50);
      // The one that holds it, if it is still at it: that is where a kill hurts.
      const holder = Number(lines(arena, "holders").at(-1));
      const at = Math.max(
        0,
        children.findIndex((child) => child.pid === holder),
      );
      const victim = children[at];
      if (victim) await kill(victim);
      children[at] = start();
    }
    const before = lines(arena, "holders").length;
    await expect
      .poll(() => lines(arena, "holders").length, { timeout: 10_000 })
      .toBeGreaterThan(before);
  } finally {
    await Promise.all(children.map(kill));
  }
  expect(lines(arena, "violations")).toEqual([]);
  acquireLock(join(arena, "_lock")).release();
});

test("when each holder dies holding it, the lock goes on to each of those who wait, one by one", async () => {
  const arena = makeArena("chain");
  for (let round = 0; round < 12; round += 1) {
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, [worker, arena, "once"], { stdio: "inherit" }),
    );
    await Promise.all(children.map(async (child) => once(child, "exit")));
  }
  expect(lines(arena, "violations")).toEqual([]);
  expect(lines(arena, "holders")).toHaveLength(72);
});
