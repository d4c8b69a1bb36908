import { mkdirSync } from "node:fs";
import {
  createRecord,
  formatMoment,
  formatOverview,
  formatState,
  sessionMachine,
} from "@samocode/core";
import { initialTransition } from "xstate";
import type { NamedSession } from "./open-session.ts";
import { UsageError } from "./report-error.ts";
import { createWorktree } from "./worktree.ts";

/** What a new session is to do. */
export interface NewTask {
  readonly task?: string | undefined;
  readonly dive?: string | undefined;
}

/**
 * Makes a session: its folder, its git worktree, its first overview and record. No agent is paid for
 * that. A crash in between leaves nothing that stands in the way of the next try.
 *
 * @throws {UsageError} When there is nothing to do: neither a task nor a dive.
 * @throws {WorktreeError} When git cannot make the worktree; the message says what to do.
 */
export async function createSession(
  { place, project, settings, store }: NamedSession,
  { task, dive }: NewTask,
): Promise<void> {
  if ((task ?? "").trim() === "" && (dive ?? "").trim() === "") {
    throw new UsageError(
      `cannot start \`${place.name}\`: there is no such session yet, and a new one needs a task. Say it: samocode-run ${place.name} --task "what is to be done"`,
    );
  }
  const worktree = await createWorktree({
    mainRepo: project.mainRepo,
    worktrees: project.worktrees,
    folderName: place.folderName,
    branch: [settings.branchPrefix, place.name].filter(Boolean).join("/"),
  });
  const at = Date.now();
  mkdirSync(place.folder, { recursive: true });
  const overview = formatOverview({
    name: place.name,
    started: formatMoment(at),
    workingDir: worktree.path,
    task,
    dive,
  });
  const [snapshot] = initialTransition(sessionMachine, { now: at, settings: { maxIterations: 0 } });
  const from = formatState(snapshot.value);
  store.create(overview, createRecord({ seq: 1, at, event: "created", from, iteration: 0 }, snapshot));
}
