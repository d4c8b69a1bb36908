import type { SessionSettings } from "@samocode/core";
import { formatOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { enterSession } from "../../src/session-driver.ts";
import { acquireRunLock } from "../../src/session-lock.ts";

/** A new session in a folder of its own, held by this process as a run holds it, without an agent. */
export async function createSessionBench(settings: Partial<SessionSettings> = {}) {
  const folder = await createTempFolder("samocode-session-");
  const overview = join(folder.path, "_overview.md");
  const started = "01-15 14:30";
  writeFileSync(overview, formatOverview({ name: "t", started, workingDir: "/w", task: "x" }));
  const store = openStore(folder.path);
  const lock = acquireRunLock(folder.path);
  const run = await enterSession(store, { settings, timeoutMs: 1000 });
  const records = () => store.readHistory().records;
  return {
    store,
    run,
    /** Gives the session back, as a run that has ended. */
    release: () => lock.release(),
    records,
    last: () => records().at(-1),
    overview: () => readFileSync(overview, "utf8"),
    edit: (from: string | RegExp, to: string) =>
      writeFileSync(overview, readFileSync(overview, "utf8").replace(from, to)),
    async [Symbol.asyncDispose]() {
      lock.release();
      await folder.dispose();
    },
  };
}
