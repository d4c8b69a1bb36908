import { statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseConfigFile, readConfigText } from "./config-file.ts";
import { expandHome } from "./home-path.ts";
import { findMainRepository } from "./main-repository.ts";
import { isInside } from "@samocode/session";
import { listWorkingDirs, siblingsOf, sessionsFolderOf } from "./sessions-folder.ts";

/** Where `.samocode` is, or all the places where it was looked for in vain. */
export type ConfigSearch = { readonly path: string } | { readonly lookedAt: readonly string[] };

/**
 * Finds `.samocode`: in `from` or the nearest folder above it, or at `explicit`, which is the file or a folder with it.
 * From a worktree it is that of the main repository, from a session folder that of the project whose SESSIONS holds
 * it. Only files are read for that; what they say is believed if the `.samocode` found says the same.
 *
 * @param explicit As given with `--config`; relative to `from`.
 */
export function findConfigFile(from: string, explicit?: string): ConfigSearch {
  const folder = resolve(from);
  if (explicit !== undefined) {
    const places = [resolve(folder, explicit), resolve(folder, explicit, ".samocode")];
    const path = places.find(isFile);
    return path === undefined ? { lookedAt: places } : { path };
  }
  const worktree = findMainRepository(folder);
  const ofMain = worktree && findUp(worktree.main);
  // Before what lies above: a `.samocode` that is committed is in each worktree, too.
  if (ofMain !== undefined && names(ofMain, "WORKTREES", folder)) return { path: ofMain };
  const path = findUp(folder);
  if (path !== undefined && !isForeign(path, folder)) return { path };
  const found = findOfSession(folder) ?? path ?? ofMain;
  return found === undefined ? { lookedAt: placesUp(folder) } : { path: found };
}

/** Whether a folder with sessions lies below a `.samocode` that is another project's. */
function isForeign(path: string, folder: string): boolean {
  return sessionsFolderOf(folder) !== undefined && !names(path, "SESSIONS", folder);
}

function findOfSession(folder: string): string | undefined {
  const sessions = sessionsFolderOf(folder);
  if (sessions === undefined) return undefined;
  const fits = (path: string | undefined): path is string =>
    path !== undefined && names(path, "SESSIONS", folder);
  for (const workingDir of listWorkingDirs(folder, sessions)) {
    const main = findMainRepository(workingDir)?.main ?? workingDir;
    const path = findUp(main);
    if (fits(path)) return path;
  }
  return siblingsOf(sessions)
    .map((sibling) => join(sibling, ".samocode"))
    .filter(isFile)
    .find(fits);
}

/** Whether a folder lies in the one that a `.samocode` names. */
function names(path: string, key: "WORKTREES" | "SESSIONS", folder: string): boolean {
  const text = readConfigText(path);
  if (typeof text !== "string") return false;
  const value = parseConfigFile(text, path).entries.get(key)?.value;
  if (value === undefined || value === "") return false;
  return isInside([resolve(dirname(path), expandHome(value, homedir()))], folder);
}

function findUp(folder: string): string | undefined {
  return placesUp(folder).find(isFile);
}

function placesUp(folder: string): readonly string[] {
  const parent = dirname(folder);
  const place = join(folder, ".samocode");
  return parent === folder ? [place] : [place, ...placesUp(parent)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
