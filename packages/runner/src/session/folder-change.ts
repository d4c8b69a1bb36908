import { statSync, watch } from "node:fs";
import { join } from "node:path";
import { sessionFiles } from "@samocode/core";

const watched = [sessionFiles.overview, sessionFiles.questions, sessionFiles.history];

/** Says nothing of a change sooner than this after the last look, in ms: a file is often saved in two steps. */
const settleMs = 50;

/** How often the files are looked at where the system tells of no change, in ms. */
const pollMs = 1000;

/** What the files that people edit look like now; differs as soon as one of them is saved. */
export function markFolder(folder: string): string {
  return watched
    .map((name) => {
      const stats = statSync(join(folder, name), { throwIfNoEntry: false, bigint: true });
      return stats === undefined ? "-" : `${stats.mtimeNs}:${stats.size}:${stats.ino}`;
    })
    .join(" ");
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
    const watcher = watch(folder, () => setTimeout(look, settleMs).unref());
    // Without the folder there is nothing to watch; the next look at the session tells so.
    watcher.on("error", () => end());
    const poll = setInterval(look, pollMs);
    const end = (): void => {
      watcher.close();
      clearInterval(poll);
      cancel.removeEventListener("abort", end);
      resolve();
    };
    cancel.addEventListener("abort", end);
    look();
  });
}
