import {
  withReadableOverview,
  acquireRunLock,
  readReport,
  exitCodes,
  UsageError,
} from "@samocode/session";
import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { findClaude } from "@samocode/agent-claude";
import { printableText } from "@samocode/core/overview";
import { type Lock, LockError } from "@samocode/process";
import {
  createSession,
  refuseOtherTask,
  removeIfEmpty,
  requireTask,
  type NewTask,
} from "@samocode/worktree";
import {
  openOrPlaceSession,
  type NamedSession,
  type SessionFlags,
} from "../config/open-session.ts";
import { quoteData } from "./data-text.ts";
import { ensureRunner, type RunnerStart } from "./runner-process.ts";
import { formatForParent } from "./session-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

const maxText = 200_000;
const maxStderr = 4000;
const maxNote = 1000;

/** How long another one that makes the same session is waited for, in ms. */
const patienceMs = 10_000;
const pollMs = 50;

/** Starts a session, or goes on with it. */
export const start = createTool({
  name: "start",
  description: [
    "Starts a session for a task, or continues an existing one. It works in the background, in its own git worktree, even after you disconnect; follow it with `wait`.",
    "It keeps running while it waits for a person and continues by itself after `answer`, `approve`, `reject` and `resume`. Calling it again is safe: a session has one runner.",
  ].join(" "),
  input: z.strictObject({
    session,
    task: z.string().max(maxText).optional().describe("What to do (required for a new session)"),
    dive: z.string().max(maxText).optional().describe("What to investigate first in a new session"),
    budget: z
      .number()
      .positive()
      .max(1_000_000)
      .optional()
      .describe("Cost limit for the whole session, in US dollars"),
  }),
  async act({ session, task, dive, budget }, { flags, news }) {
    const named = await openOrPlaceSession(session, flags);
    const { store, name, place, settings } = named;
    let notes: readonly string[] | undefined;
    if (!store.exists()) {
      requireTask(name, { task, dive });
      findClaude(settings.claudePath, process.env);
      notes = await createOnce(named, { task, dive });
    }
    if (notes === undefined) {
      await withReadableOverview(() => refuseOtherTask(named, { task, dive }));
    }
    news.take(store);
    const runner = await ensureRunner(
      store,
      name,
      place.folderName,
      runnerArguments(flags, budget),
    );
    const words = wordsOf(runner.stderr);
    if (isRefusal(runner)) throw new UsageError(words);
    return [
      ...(notes ?? []).map((note) => `Note: ${printableText(note, maxNote)}.`),
      howItRuns(runner),
      ...(words === "" ? [] : ["Output of its runner:", quoteData(words, maxStderr)]),
      formatForParent(readReport(store, name)),
    ].join("\n");
  },
});

/** What the runner of a session is started with, beside its session. */
export function runnerArguments(
  { config }: SessionFlags,
  budget: number | undefined,
): readonly string[] {
  return [
    ...(config === undefined ? [] : [`--config=${config}`]),
    ...(budget === undefined ? [] : [`--budget=${budget}`]),
  ];
}

/**
 * Makes the session.
 *
 * @returns what its worktree gives to note; nothing if another start, or a run, was faster.
 */
async function createOnce(
  named: NamedSession,
  texts: NewTask,
): Promise<readonly string[] | undefined> {
  const { store, place } = named;
  for (const end = performance.now() + patienceMs; ; await sleep(pollMs)) {
    if (store.exists()) return undefined;
    mkdirSync(place.folder, { recursive: true });
    const lock = tryLock(place.folder, performance.now() > end);
    if (lock === undefined) continue;
    try {
      if (store.exists()) return undefined;
      return await createSession(named, texts);
    } finally {
      lock.release();
      if (!store.exists()) removeIfEmpty(place.folder);
    }
  }
}

/** The lock of a session, unless somebody holds it and there is time to try again. */
function tryLock(folder: string, isLastTry: boolean): Lock | undefined {
  try {
    return acquireRunLock(folder, "start");
  } catch (error) {
    if (isLastTry || !(error instanceof LockError && error.code === "SAMOCODE_LOCK_HELD"))
      throw error;
    return undefined;
  }
}

/** Whether a runner has ended and told why in words; how a session ended stands in its history. */
function isRefusal(runner: RunnerStart): boolean {
  if (runner.state !== "ended" || runner.stderr === "") return false;
  return runner.exitCode !== exitCodes.done && runner.exitCode !== exitCodes.waiting;
}

function howItRuns(runner: RunnerStart): string {
  switch (runner.state) {
    case "running": {
      const { pid, host } = runner.holder;
      return `It runs${runner.isNew ? "" : " already"} (pid ${pid} on ${printableText(host, 80)}).`;
    }
    case "starting":
      return "Its runner is slow to start; `status` shows when it runs.";
    case "ended":
      return `Its runner has exited (exit code ${runner.exitCode ?? "unknown"}).`;
  }
}

function wordsOf(stderr: string): string {
  return stderr.replaceAll(/^samocode-run: /gm, "");
}
