import { formatOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { runSession } from "../../src/run/run-session.ts";
import type { Hands } from "../../src/run/run-options.ts";
import { enterSession, acquireRunLock } from "@samocode/session";

/** A new session that is held for a run, and what removes its lock as a careless `rm` does. */
async function createHeld() {
  const folder = await createTempFolder("samocode-lost-");
  const overview = formatOverview({
    name: "t",
    started: "01-15 14:30",
    workingDir: "/w",
    task: "x",
  });
  writeFileSync(join(folder.path, "_overview.md"), overview);
  const store = openStore(folder.path);
  const lock = acquireRunLock(folder.path);
  return {
    store,
    lock,
    options: { settings: {}, timeoutMs: 1000, requireHeld: lock.requireHeld },
    events: () => store.readHistory().records.map(({ event }) => event),
    loseLock: () => unlinkSync(join(folder.path, ".run.lock")),
    async [Symbol.asyncDispose]() {
      lock.release();
      await folder.dispose();
    },
  };
}

const neverAgain = { code: "SAMOCODE_LOCK_LOST" };

function runHeld({ store, options }: Awaited<ReturnType<typeof createHeld>>, hands: Hands) {
  return runSession({
    ...options,
    store,
    hands,
    wait: false,
    acceptSuggestions: false,
    cancel: new AbortController().signal,
    tell: () => {},
  });
}

it("starts no agent without its lock", async () => {
  await using held = await createHeld();
  held.loseLock();
  const runAgent = vi.fn<Hands["runAgent"]>();
  const runTests = vi.fn<Hands["runTests"]>();
  await expect(runHeld(held, { runAgent, runTests })).rejects.toMatchObject(neverAgain);
  expect(runAgent).not.toHaveBeenCalled();
  expect(runTests).not.toHaveBeenCalled();
});

it("leaves what an agent has done to the run that has the session now", async () => {
  await using held = await createHeld();
  const settle = vi.fn<() => void>();
  const runAgent = vi.fn<Hands["runAgent"]>(async () => {
    held.loseLock();
    const other = { ...held.lock.owner, token: "another" };
    symlinkSync(JSON.stringify(other), held.lock.path);
    return {
      event: { type: "signal.continue", at: Date.now(), notes: [], phase: "planning" },
      settle,
    };
  });
  const run = runHeld(held, { runAgent, runTests: vi.fn<Hands["runTests"]>() });
  await expect(run).rejects.toMatchObject({ ...neverAgain, holder: { token: "another" } });
  expect(runAgent).toHaveBeenCalledOnce();
  expect(settle).not.toHaveBeenCalled();
  expect(held.events()).not.toContain("signal.continue");
});

it("records no event of a run without its lock, and any of one that has it", async () => {
  await using held = await createHeld();
  const session = await enterSession(held.store, held.options);
  const before = held.events();
  held.loseLock();
  await expect(session.apply({ type: "stop" })).rejects.toMatchObject(neverAgain);
  expect(held.events()).toEqual(before);
  symlinkSync(JSON.stringify(held.lock.owner), held.lock.path);
  expect(await session.apply({ type: "stop" })).toBe("taken");
  expect(held.events()).toEqual([...before, "stop"]);
});
