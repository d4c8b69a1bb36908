import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseOverview } from "@samocode/core/overview";
import { sessionFiles } from "@samocode/core/store";

/** So many sessions tell where their project is, the newest first. */
const maxSessions = 20;
/** So many folders beside SESSIONS may be the project. */
const maxSiblings = 500;

/** The folder that holds the session which a folder is in, or is itself such a folder. */
export function sessionsFolderOf(folder: string): string | undefined {
  const session = sessionFolderOf(folder);
  if (session === undefined) return listSessionFolders(folder).length > 0 ? folder : undefined;
  const parent = dirname(session);
  return basename(parent) === "_archive" ? dirname(parent) : parent;
}

/** The folders that the sessions' agents work in, that of the session itself first. */
export function listWorkingDirs(folder: string, sessions: string): readonly string[] {
  const session = sessionFolderOf(folder);
  const folders = [...(session === undefined ? [] : [session]), ...listSessionFolders(sessions)];
  return [...new Set(folders.flatMap((each) => readWorkingDir(each) ?? []))];
}

/** The folders beside a folder. */
export function siblingsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return foldersIn(parent)
    .slice(0, maxSiblings)
    .map((name) => join(parent, name));
}

function sessionFolderOf(folder: string): string | undefined {
  if (isSession(folder)) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : sessionFolderOf(parent);
}

function listSessionFolders(folder: string): readonly string[] {
  return foldersIn(folder)
    .toReversed()
    .slice(0, maxSessions)
    .map((name) => join(folder, name))
    .filter(isSession);
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  } catch {
    return [];
  }
}

function isSession(folder: string): boolean {
  return overviewSize(folder) !== undefined;
}

/** More than an overview has that is read for one line. */
const maxBytes = 4 * 1024 * 1024;

function overviewSize(folder: string): number | undefined {
  try {
    const stats = statSync(join(folder, sessionFiles.overview), { throwIfNoEntry: false });
    return stats?.isFile() === true ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

function readWorkingDir(session: string): string | undefined {
  try {
    if ((overviewSize(session) ?? maxBytes) >= maxBytes) return undefined;
    return parseOverview(readFileSync(join(session, sessionFiles.overview), "utf8")).workingDir;
  } catch {
    // An overview that cannot be read names nothing.
    return undefined;
  }
}
