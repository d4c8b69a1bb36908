import { dirname } from "node:path";
import { openStore, type Store } from "@samocode/core/store";
import { readConfig, type Config } from "./config.ts";
import {
  findSession,
  resolveSession,
  type SessionPlace,
  type SessionSearch,
} from "@samocode/session";

/** The flags of every command that names a session. */
export interface SessionFlags {
  readonly config?: string;
  readonly json?: boolean;
}

/** A session that was named on the command line, with its project. */
export interface NamedSession extends Config {
  readonly place: SessionPlace;
  /** What to type for the session. */
  readonly name: string;
  readonly store: Store;
  /** True if it was found in the archive. @default false */
  readonly isArchived?: boolean;
}

/**
 * Finds a session that is there.
 *
 * @throws {ConfigError} When the configuration cannot be used.
 * @throws {SessionNameError} When there is no such session; the message names the nearest one.
 */
export async function openSession(argument: string, flags: SessionFlags): Promise<NamedSession> {
  return open(argument, flags, findSession);
}

/** The same for those who only look: an archived session is found as well, unless one is there by that name. */
export async function openAnySession(argument: string, flags: SessionFlags): Promise<NamedSession> {
  const { findAnySession } = await import("@samocode/session");
  let isArchived = false;
  const named = await open(argument, flags, async (search) => {
    const found = await findAnySession(search);
    ({ isArchived } = found);
    return found.place;
  });
  return { ...named, isArchived };
}

/** The same for a session that was archived. */
export async function openArchived(argument: string, flags: SessionFlags): Promise<NamedSession> {
  const { findArchived } = await import("@samocode/session");
  return { ...(await open(argument, flags, findArchived)), isArchived: true };
}

/** The same for a session that may still have to be made. */
export async function openOrPlaceSession(
  argument: string,
  flags: SessionFlags,
): Promise<NamedSession> {
  return open(argument, flags, resolveSession);
}

async function open(
  argument: string,
  flags: SessionFlags,
  find: (search: SessionSearch) => Promise<SessionPlace>,
): Promise<NamedSession> {
  const config = await readProjectConfig(flags);
  const { mainRepo, worktrees, sessions, configPath } = config.project;
  const place = await find({
    argument,
    sessions,
    cwd: process.cwd(),
    projectFolders: [mainRepo, worktrees, dirname(configPath)],
    now: new Date(),
  });
  return { ...config, place, name: place.handle, store: openStore(place.folder, config.project) };
}

/** Reads the configuration of the project that the command is called in, and tells its warnings. */
export async function readProjectConfig(flags: SessionFlags): Promise<Config> {
  const config = await readConfig({
    cwd: process.cwd(),
    env: process.env,
    flags: { ...flags },
    ...(flags.config !== undefined && { configPath: flags.config }),
  });
  for (const warning of config.warnings) process.stderr.write(`samocode-run: ${warning}\n`);
  return config;
}
