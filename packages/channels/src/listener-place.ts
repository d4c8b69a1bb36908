import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { openStore, readRegularFile, type Store } from "@samocode/core/store";
import { z } from "zod";
import { listSessions } from "@samocode/session";
import { sessionIdOf, shortHash } from "./session-notice.ts";

/** A session that a channel serves. */
export interface ServedSession {
  readonly store: Store;
  /** What to type for it. */
  readonly name: string;
}

/**
 * What the processes of one person share that listen under the same name: whose turn it is, and the sessions
 * that the one which listens serves for all. It is a folder in the person's state folder.
 */
export interface ListenerPlace {
  readonly lockPath: string;
  /** Lets an audience decide on a session, and no other audience. */
  readonly register: (store: Store, audience: string) => void;
  /** The sessions of an audience, the newest first; `undefined` if it has none. */
  readonly sessions: (audience: string) => Promise<readonly ServedSession[] | undefined>;
}

const Registration = z.object({
  folder: z.string(),
  audience: z.string(),
  overviewChart: z.boolean().default(false),
});
type Registration = z.infer<typeof Registration>;

/**
 * Opens the place of all that listen under a name, and makes its folder.
 *
 * @throws {Error} When the folder cannot be made.
 */
export function openListenerPlace(
  env: Readonly<Record<string, string | undefined>>,
  listensAs: string,
): ListenerPlace {
  const folder = join(stateFolder(env), "channels", fileNameOf(listensAs));
  const registrations = join(folder, "sessions");
  mkdirSync(registrations, { recursive: true, mode: 0o700 });
  return {
    lockPath: join(folder, "listener.lock"),
    register({ folder: session, overviewChart }, audience) {
      const path = join(registrations, `${sessionIdOf(session)}.json`);
      const registration: Registration = { folder: session, audience, overviewChart };
      const text = `${JSON.stringify(registration)}\n`;
      const draft = `${path}.${process.pid}.draft`;
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, path);
    },
    async sessions(audience) {
      const all = readRegistrations(registrations);
      const ours = all.filter((each) => each.audience === audience);
      return ours.length === 0 ? undefined : findSessions(ours);
    },
  };
}

/** Where programs keep what outlives them, by the XDG specification. */
function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["XDG_STATE_HOME"];
  const base =
    named !== undefined && isAbsolute(named)
      ? named
      : join(env["HOME"] || homedir(), ".local", "state");
  return join(base, "samocode");
}

function fileNameOf(name: string): string {
  return /^\w[\w-]{0,60}$/.test(name) ? name : shortHash(name);
}

function readRegistrations(folder: string): Registration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const path = join(folder, name);
      try {
        const found = Registration.parse(JSON.parse(readRegularFile(path).toString("utf8")));
        if (existsSync(found.folder)) return [found];
        rmSync(path, { force: true });
      } catch {
        // Nothing that we wrote, or taken away meanwhile.
      }
      return [];
    });
}

/** Those of the folders that still are sessions: one in `_archive`, or gone, is none. */
async function findSessions(registered: readonly Registration[]): Promise<ServedSession[]> {
  const parents = [...new Set(registered.map(({ folder }) => dirname(folder)))];
  const listed = await Promise.all(
    parents.map(async (parent) => listSessions(parent).catch(() => [])),
  );
  return listed.flat().flatMap(({ folder, handle }) => {
    const registration = registered.find((each) => each.folder === folder);
    if (registration === undefined) return [];
    return { store: openStore(folder, registration), name: handle };
  });
}
