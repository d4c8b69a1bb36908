import type { Dirent } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { openStore } from "@samocode/core/store";
import { nearest } from "./nearest.ts";
import { realPath } from "./real-path.ts";
import { formatCommand, formatGoOn } from "./command-text.ts";
import { formatSessionDate, parseDatedName } from "./session-date.ts";
import { createSessionIndex, type SessionIndex } from "./session-index.ts";
import { parseSessionName, SessionNameError } from "./session-name.ts";

/** Where a session is, or will be. */
export interface SessionPlace {
  /** Absolute, directly in SESSIONS. */
  readonly folder: string;
  /** The worktree of the session has the same one. */
  readonly folderName: string;
  /** Without the date. */
  readonly name: string;
  /** What to type for this session: the name, or the folder's name if another session has that name. */
  readonly handle: string;
  /** `folder`: it is there, but has no `_overview.md`, as after a crash while it was made. */
  readonly found: "session" | "folder" | "nothing";
}

/** What a session is looked for with. */
export interface SessionSearch {
  /** As a person types it: a name, a session folder, or a project path that ends in a name. */
  readonly argument: string;
  readonly sessions: string;
  /** Paths in `argument` are taken from here. */
  readonly cwd: string;
  /** Folders that a project path may be in: the main repository, the worktrees, the one with `.samocode`. */
  readonly projectFolders?: readonly string[];
  /** For the date of a new session. */
  readonly now: Date;
}

/**
 * Finds the session that `argument` means: the folder of exactly that name, else the newest `YY-MM-DD-NAME`,
 * else the place for a new one with today's date. Makes nothing on disk, and never looks into `_archive`.
 *
 * @throws {SessionNameError} when the name is not safe, leads out of SESSIONS, or has a date and is not there.
 * @example
 * const { folder, found } = await resolveSession({ argument: "fix", sessions, cwd, now: new Date() });
 */
export async function resolveSession(search: SessionSearch): Promise<SessionPlace> {
  const index = await readIndex(search.sessions);
  const { argument, given } = isPath(search.argument)
    ? await nameFromPath(search, index)
    : { argument: search.argument, given: search.argument };
  const existing = index.find(argument);
  if (existing !== undefined) return placeOf(search.sessions, existing, given, index);

  const name = parseSessionName(argument);
  const dated = parseDatedName(name);
  if (dated !== undefined) {
    throw notFound(
      given,
      search.sessions,
      `${suggest(name, index)}For a new session leave out the date: \`${dated.name}\`.`,
    );
  }
  const folderName = `${formatSessionDate(search.now)}-${name}`;
  const folder = join(search.sessions, folderName);
  if (index.entries.some((entry) => entry.name === folderName)) {
    throw new SessionNameError(
      "SAMOCODE_SESSION_NAME_INVALID",
      given,
      `cannot make the session \`${name}\`: \`${folder}\` exists and is not a folder. Move it away.`,
    );
  }
  return { folder, folderName, name, handle: name, found: "nothing" };
}

/**
 * Like `resolveSession`, for all commands that need a session that is there.
 *
 * @throws {SessionNameError} also when there is none; the message names the nearest one.
 */
export async function findSession(search: SessionSearch): Promise<SessionPlace> {
  const place = await resolveSession(search);
  if (place.found === "session") return place;
  const { argument, sessions } = search;
  if (place.found === "folder") {
    throw notFound(
      argument,
      sessions,
      `\`${place.folder}\` has no \`_overview.md\`; create it with \`${formatGoOn(place.name)}\`.`,
    );
  }
  const next =
    (await hintArchived(sessions, place.name)) || suggest(place.name, await readIndex(sessions));
  throw notFound(argument, sessions, `${next}List all: \`samocode-run list\`.`);
}

/** Gives all sessions in SESSIONS, the newest first, those without a date last. */
export async function listSessions(sessions: string): Promise<SessionPlace[]> {
  const index = await readIndex(sessions);
  const places = await Promise.all(
    index.newestFirst.map(async (entry) => ({
      inside: await isInside(sessions, entry),
      place: await describe(sessions, entry, index),
    })),
  );
  return places.flatMap(({ inside, place }) =>
    inside && place.found === "session" ? [place] : [],
  );
}

function isPath(argument: string): boolean {
  return argument.includes("/") || argument === "." || argument === "..";
}

/** Gives the last part of a path, if the path may name a session of this project. */
async function nameFromPath(
  { argument, sessions, cwd, projectFolders = [] }: SessionSearch,
  index: SessionIndex,
): Promise<{ argument: string; given: string }> {
  const path = resolve(cwd, argument);
  const refuse = (why: string) =>
    new SessionNameError(
      "SAMOCODE_SESSION_NAME_INVALID",
      argument,
      `cannot take \`${path}\` as a session: ${why}. Give the name alone, or a folder directly in \`${sessions}\`.`,
    );
  const [real, realSessions] = [realPath(path), realPath(sessions)];
  const named = { argument: basename(path), given: argument };
  if (dirname(real) === realSessions || dirname(path) === resolve(sessions)) return named;
  if (real === realSessions) throw refuse("it is SESSIONS itself");
  if (isWithin(realSessions, real)) throw refuse("it is inside a session or another folder");

  if (argument.split("/").includes("..")) throw refuse("it leaves SESSIONS with `..`");
  if (await exists(join(path, "_overview.md"))) throw refuse("it is a session of another SESSIONS");
  const projects = new Set(projectFolders.map(realPath));
  if (projects.has(real)) throw refuse("it is the project, not a session");
  const inProject = projects.has(dirname(real));
  if (inProject || index.find(named.argument) !== undefined) return named;
  throw refuse("it is outside SESSIONS");
}

async function placeOf(
  sessions: string,
  entry: Dirent,
  given: string,
  index: SessionIndex,
): Promise<SessionPlace> {
  if (await isInside(sessions, entry)) return describe(sessions, entry, index);
  const path = join(sessions, entry.name);
  throw new SessionNameError(
    "SAMOCODE_SESSION_NAME_INVALID",
    given,
    `cannot take \`${path}\` as a session: it is a link that leaves SESSIONS, or is dangling. Remove it.`,
  );
}

async function describe(
  sessions: string,
  { name: folderName }: Dirent,
  index: SessionIndex,
): Promise<SessionPlace> {
  const folder = join(sessions, folderName);
  const name = parseDatedName(folderName)?.name ?? folderName;
  const found = openStore(folder).exists() ? "session" : "folder";
  const handle = index.find(name)?.name === folderName ? name : folderName;
  return { folder, folderName, name, handle, found };
}

/** A folder, or a link to a folder that is itself directly in SESSIONS. */
async function isInside(sessions: string, entry: Dirent): Promise<boolean> {
  if (entry.isDirectory()) return true;
  const real = realPath(join(sessions, entry.name));
  const target = await stat(real).catch(() => undefined);
  return dirname(real) === realPath(sessions) && (target?.isDirectory() ?? false);
}

/** That there is a session of that name in the archive, where a session that is there was looked for. */
async function hintArchived(sessions: string, name: string): Promise<string> {
  const archive = join(sessions, "_archive");
  const entries = await readdir(archive, { withFileTypes: true }).catch(() => []);
  if (createSessionIndex(entries).find(name) === undefined) return "";
  return `It is archived; restore it: ${formatCommand("restore", name)}. `;
}

/** The session with the nearest name, as it was asked for: with its date or without. Equal dates make no two names near. */
function suggest(name: string, { newestFirst }: SessionIndex): string {
  const asked = parseDatedName(name);
  const bare = asked?.name ?? name;
  const folders = new Map<string, string>();
  for (const { name: folder } of newestFirst) {
    const key = parseDatedName(folder)?.name ?? folder;
    if (!folders.has(key)) folders.set(key, folder);
  }
  const meant = nearest(bare, folders.keys(), Math.max(1, Math.floor(bare.length / 3)));
  if (meant === undefined) return "";
  return `Did you mean \`${asked === undefined ? meant : folders.get(meant)}\`? `;
}

function notFound(argument: string, sessions: string, next: string): SessionNameError {
  return new SessionNameError(
    "SAMOCODE_SESSION_NOT_FOUND",
    argument,
    `cannot find a session \`${argument}\` in \`${sessions}\`. ${next}`,
  );
}

async function readIndex(sessions: string): Promise<SessionIndex> {
  return createSessionIndex(await readdir(sessions, { withFileTypes: true }));
}

function isWithin(folder: string, path: string): boolean {
  return !relative(folder, path).split(sep).includes("..");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
