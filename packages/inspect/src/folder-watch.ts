import { lstatSync, statSync, watch, type FSWatcher, type Stats } from "node:fs";
import { join } from "node:path";
import { sessionFiles } from "@samocode/core/store";

/** How often a folder is looked at where the system tells of no change, in ms. */
const pollMs = 1000;

/** A file is often saved in several steps: they are told as one change, after this many ms. */
const settleMs = 20;

/**
 * Calls `changed` soon after something in a folder has changed, and every second in which a file of the session
 * looks otherwise than before: not every file system tells of changes.
 *
 * @returns what ends it
 */
export function watchFolder(folder: string, changed: () => void): () => void {
  let mark = markSession(folder);
  let waiting: NodeJS.Timeout | undefined;
  const tell = (): void => {
    waiting = undefined;
    mark = markSession(folder);
    changed();
  };
  const soon = (): void => {
    waiting ??= setTimeout(tell, settleMs);
  };
  const watcher = tryWatch(folder, soon);
  const poll = setInterval(() => {
    if (markSession(folder) !== mark) soon();
  }, pollMs);
  return () => {
    watcher?.close();
    clearInterval(poll);
    clearTimeout(waiting);
  };
}

/** What the files of a session look like now; differs as soon as one of them is saved, or a run begins or ends. */
export function markSession(folder: string): string {
  const saved = [sessionFiles.overview, sessionFiles.questions, sessionFiles.history];
  return [
    ...saved.map((name) => markOf(() => statSync(join(folder, name)))),
    // The lock of a run is a link that leads nowhere.
    ...["", ".run.lock"].map((name) => markOf(() => lstatSync(join(folder, name)))),
  ].join(" ");
}

function markOf(look: () => Stats): string {
  try {
    const { mtimeMs, size, ino } = look();
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return "-";
  }
}

function tryWatch(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, changed);
    // What cannot be watched any more is still looked at.
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
