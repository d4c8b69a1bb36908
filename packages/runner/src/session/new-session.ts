import { rmdirSync } from "node:fs";
import {
  createRecord,
  formatMoment,
  formatOverview,
  formatState,
  sessionMachine,
} from "@samocode/core";
import { initialTransition } from "xstate";
import { formatGoOn } from "./command-text.ts";
import type { NamedSession } from "./open-session.ts";
import { UsageError } from "../terminal/report-error.ts";
import { createWorktree } from "../worktree/worktree.ts";

/** What a new session is to do. */
export interface NewTask {
  readonly task?: string | undefined;
  readonly dive?: string | undefined;
}

/**
 * Refuses a new session that has nothing to do.
 *
 * @throws {UsageError} When there is neither a task nor a dive.
 */
export function requireTask(name: string, { task = "", dive = "" }: NewTask): void {
  if (task.trim() !== "" || dive.trim() !== "") return;
  throw new UsageError(
    `cannot start \`${name}\`: there is no such session yet, and a new one needs a task. Say it: ${formatGoOn(name)} --task "what is to be done"`,
  );
}

/**
 * Makes a session in its folder: its git worktree, its first overview and its first record. No agent is
 * paid for that. A crash in between leaves nothing that stands in the way of the next try.
 *
 * @throws {WorktreeError} When git cannot make the worktree; the message says what to do.
 */
export async function createSession(session: NamedSession, { task, dive }: NewTask): Promise<void> {
  const { place, project, store } = session;
  const worktree = await createWorktree({
    mainRepo: project.mainRepo,
    worktrees: project.worktrees,
    folderName: place.folderName,
    branch: sessionBranch(session),
  });
  for (const note of worktree.notes) process.stderr.write(`samocode-run: ${note}\n`);
  const at = Date.now();
  const overview = formatOverview({
    name: place.name,
    started: formatMoment(at),
    workingDir: worktree.path,
    task,
    dive,
  });
  const [snapshot] = initialTransition(sessionMachine, { now: at, settings: { maxIterations: 0 } });
  const from = formatState(snapshot.value);
  const record = createRecord({ seq: 1, at, event: "created", from, iteration: 0 }, snapshot);
  store.create(overview, record);
}

/** The git branch of a session. */
export function sessionBranch({ place, settings }: NamedSession): string {
  const { branchPrefix } = settings;
  return branchPrefix === undefined ? place.name : `${branchPrefix}/${place.name}`;
}

/** A session that could not be made leaves no empty folder behind. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is in it, and stays.
  }
}
