import { existsSync, lstatSync, renameSync, rmSync } from "node:fs";
import { basename, join, parse } from "node:path";
import { readStart, syncFolder } from "./durable-file.ts";
import { ensureFolder } from "./own-file.ts";
import { maxSignalBytes } from "../workflow/signal.ts";
import { attempt } from "./store-error.ts";

/** The agent's answer, `_signal.json`, and the folder for those that came too late. */
export function openSignalFile(path: string, lateFolder: string) {
  return {
    /**
     * The agent's answer as it wrote it; nothing if there is none. Of one that is too long only so much is
     * read that it is refused as that, and bytes that are no UTF-8 read as replacement characters: a bad
     * answer is never in the way.
     */
    readSignal: (): string | undefined =>
      attempt("read", path, () => {
        const stats = lstatSync(path, { throwIfNoEntry: false });
        if (stats === undefined || !stats.isFile()) return undefined;
        return readStart(path, maxSignalBytes + 1).toString("utf8");
      }),

    /** Takes an answer away that has been taken. */
    clearSignal: (): void => {
      attempt("remove", path, () => rmSync(path, { force: true, recursive: true }));
    },

    /** Where in the session folder an answer is to be kept that was found too late, at this Unix time in ms. */
    nameLateSignal: (at: number): string =>
      join(basename(lateFolder), `${new Date(at).toISOString().replaceAll(":", "-")}-signal.json`),

    /**
     * Moves an answer that belongs to another iteration to `_late/`, if there is one.
     *
     * @param name What `nameLateSignal` gave; never a file that is there is replaced.
     */
    setSignalAside(name: string): void {
      attempt("move", path, () => {
        if (!existsSync(path)) return;
        ensureFolder(lateFolder);
        renameSync(path, freePath(join(lateFolder, basename(name))));
        syncFolder(lateFolder);
      });
    },
  };
}

/** The path itself, or one like it where no file is yet. */
function freePath(path: string): string {
  const { dir, name, ext } = parse(path);
  let free = path;
  for (let n = 2; existsSync(free); n++) free = join(dir, `${name}-${n}${ext}`);
  return free;
}
