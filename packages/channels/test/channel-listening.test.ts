import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Desk } from "@samocode/core";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { listenTo, type ListeningOptions } from "../src/channel-listening.ts";
import { createDesk } from "../src/desk.ts";

const desk = createDesk({ sessions: async () => [], warn: () => {} });

type Listen = NonNullable<Channel["listen"]>;

async function createBench() {
  const folder = await createTempFolder("samocode-listening-");
  const end = new AbortController();
  const warnings: string[] = [];
  const start = (listen: Listen, more: Partial<ListeningOptions> = {}) =>
    listenTo({
      name: "test",
      channel: { tell: () => {}, listen },
      desk,
      lockPath: join(folder.path, "lock"),
      cancel: end.signal,
      warn: (text) => warnings.push(text),
      lookMs: 10,
      pauseMs: 1,
      ...more,
    });
  return { path: folder.path, end, warnings, start, [Symbol.asyncDispose]: () => folder.dispose() };
}

const untilCancelled: Listen = async (given: Desk, cancel: AbortSignal) => {
  given.caughtUp();
  await new Promise((resolve) => cancel.addEventListener("abort", resolve));
};

it("lets one of several listen, and the next one take over", async () => {
  await using bench = await createBench();
  const firstEnd = new AbortController();
  let second = 0;
  const first = bench.start(untilCancelled, { cancel: firstEnd.signal });
  await first.caughtUp;
  const other = bench.start(async (...args) => {
    second++;
    await untilCancelled(...args);
  });
  await other.caughtUp;
  await sleep(50);
  expect(second).toBe(0);
  firstEnd.abort();
  await first.ended;
  await expect.poll(() => second).toBe(1);
  bench.end.abort();
  await other.ended;
  expect(existsSync(join(bench.path, "lock"))).toBe(false);
  expect(bench.warnings).toEqual([]);
});

it("listens again where it failed, warns, and lets nobody wait for it", async () => {
  await using bench = await createBench();
  let tries = 0;
  const listening = bench.start(async (...args) => {
    tries++;
    if (tries < 3) throw new Error("no net");
    await untilCancelled(...args);
  });
  await listening.caughtUp;
  await expect.poll(() => tries).toBe(3);
  expect(bench.warnings[0]).toBe(
    "test: cannot listen for replies: no net. Retrying, and at the next start.",
  );
  bench.end.abort();
  await listening.ended;
});

it("is done where the channel is", async () => {
  await using bench = await createBench();
  const listening = bench.start(async () => {});
  await Promise.all([listening.caughtUp, listening.ended]);
  expect(existsSync(join(bench.path, "lock"))).toBe(false);
});

it("listens without a lock where none can be made, and says so", async () => {
  await using bench = await createBench();
  const listening = bench.start(untilCancelled, { lockPath: join(bench.path, "none", "lock") });
  await listening.caughtUp;
  expect(bench.warnings[0]).toContain("cannot lock");
  bench.end.abort();
  await listening.ended;
});
