import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { formatState, sessionMachine } from "@samocode/core";
import { formatOverview, printableText } from "@samocode/core/overview";
import { createRecord, formatMoment, sessionFiles } from "@samocode/core/store";
import { initialTransition } from "xstate";
import { formatGoOn, parseDatedName, type FoundSession, UsageError } from "@samocode/session";
import { createWorktree } from "./worktree.ts";

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
    `cannot start \`${name}\`: there is no such session, and a new one needs a task: ${formatGoOn(name)} --task "what to do"`,
  );
}

/**
 * Makes a session in its folder: its git worktree, its first overview and its first record. No agent is
 * paid for that. A crash in between leaves nothing that stands in the way of the next try.
 *
 * @returns what the human should know of its worktree, one line each.
 * @throws {WorktreeError} When git cannot make the worktree; the message says what to do.
 * @throws the reason of `cancel` if it was cancelled; the next try finds nothing half made.
 */
export async function createSession(
  session: FoundSession,
  { task, dive }: NewTask,
  cancel?: AbortSignal,
): Promise<readonly string[]> {
  const { place, project, store } = session;
  const worktree = await createWorktree({
    mainRepo: project.mainRepo,
    worktrees: project.worktrees,
    folderName: place.folderName,
    branch: sessionBranch(session),
    earlier: findArchived(project.sessions, place.name),
    ...(cancel && { cancel }),
  });
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
  return worktree.notes;
}

/**
 * Refuses a task for a session that is there: it is paid for what it was made for. The same task again is fine, as
 * after an interruption.
 *
 * @throws {UsageError} When the session has another task or dive, or none.
 */
export function refuseOtherTask(
  { store, name }: Pick<FoundSession, "store" | "name">,
  wanted: NewTask,
): void {
  const { task, dive } = store.readOverview();
  const own = { task, dive };
  for (const key of ["task", "dive"] as const) {
    const [asked, has] = [wanted[key], own[key]].map((text) =>
      text?.replaceAll("\r\n", "\n").trim(),
    );
    if (asked === undefined || asked === has) continue;
    const start = `For other work, start another session: ${formatGoOn("NAME")} --${key} "…"`;
    throw new UsageError(
      has === undefined || has === ""
        ? `cannot give \`${name}\` a ${key}: the session already exists, without one. Write it into \`${join(store.folder, sessionFiles.overview)}\`. ${start}`
        : `cannot give \`${name}\` another ${key}: it already has one, \`${printableText(has, maxShown)}\`. Continue that: ${formatGoOn(name)}. ${start}`,
    );
  }
}

/** The most of a task that is shown, in characters. */
const maxShown = 80;

/** The newest archived session of that name. */
function findArchived(sessions: string, name: string): string | undefined {
  const archive = join(sessions, "_archive");
  if (!existsSync(archive)) return undefined;
  return readdirSync(archive)
    .filter((folder) => (parseDatedName(folder)?.name ?? folder) === name)
    .toSorted()
    .at(-1);
}

/** The git branch of a session. */
export function sessionBranch({ place, settings }: FoundSession): string {
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
