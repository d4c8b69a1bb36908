import { statSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import { sessionFiles } from "@samocode/core/store";

const watched = [sessionFiles.overview, sessionFiles.questions, sessionFiles.history];

/** Says nothing of a change sooner than this after the last look, in ms: a file is often saved in two steps. */
const settleMs = 50;

/** How often the files are looked at where the system tells of no change, in ms. */
const pollMs = 1000;

/** What the files that people edit look like now; differs as soon as one of them is saved. */
export function markFolder(folder: string): string {
  return watched.map((name) => markFile(join(folder, name))).join(" ");
}

/** What one file looks like now; differs as soon as it is saved. */
export function markFile(path: string): string {
  try {
    // One that was put aside and back is as it was, but for the time of its last change.
    const { mtimeNs, ctimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs}:${ctimeNs}:${size}:${ino}`;
  } catch {
    // Whoever reads it is told why.
    return "-";
  }
}

/** Waits until a file that people edit no longer looks as `mark` says, or until it is cancelled. */
export async function waitForChange(
  folder: string,
  mark: string,
  cancel: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (cancel.aborted || markFolder(folder) !== mark) end();
    };
    const watcher = tryWatch(folder, () => setTimeout(look, settleMs).unref());
    const poll = setInterval(look, pollMs);
    const end = (): void => {
      watcher?.close();
      clearInterval(poll);
      cancel.removeEventListener("abort", end);
      resolve();
    };
    cancel.addEventListener("abort", end);
    look();
  });
}

/** Nothing if the system cannot watch: it has run out of watches, or the folder is gone. The poll sees to both. */
function tryWatch(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(folder, onChange).on("error", () => {});
  } catch {
    return undefined;
  }
}
