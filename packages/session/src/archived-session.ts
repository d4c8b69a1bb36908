import { lstatSync } from "node:fs";
import { join } from "node:path";
import {
  findSession,
  listSessions,
  type SessionPlace,
  type SessionSearch,
} from "./session-folder.ts";
import { SessionNameError } from "./session-name.ts";

/** The folder of archived sessions in SESSIONS. Nothing but what is asked for is looked up in it. */
export function archiveFolder(sessions: string): string {
  return join(sessions, "_archive");
}

/**
 * Finds an archived session by its name, its folder's name or its folder.
 *
 * @throws {SessionNameError} When there is none.
 */
export async function findArchived(search: SessionSearch): Promise<SessionPlace> {
  const { sessions, argument } = search;
  if (!hasArchive(sessions)) {
    throw new SessionNameError(
      "SAMOCODE_SESSION_NOT_FOUND",
      argument,
      `cannot find an archived session \`${argument}\`: nothing is archived in \`${sessions}\`.`,
    );
  }
  return findSession({ ...search, sessions: archiveFolder(sessions) });
}

/** All archived sessions, the newest first. */
export async function listArchived(sessions: string): Promise<readonly SessionPlace[]> {
  return hasArchive(sessions) ? listSessions(archiveFolder(sessions)) : [];
}

/** A link is not followed: it could lead to anything. */
function hasArchive(sessions: string): boolean {
  const found = lstatSync(archiveFolder(sessions), { throwIfNoEntry: false });
  return found?.isDirectory() === true;
}

/** The same for those who look for a session that is there or archived: the one that is there comes first. */
export async function findAnySession(
  search: SessionSearch,
): Promise<{ readonly place: SessionPlace; readonly isArchived: boolean }> {
  try {
    return { place: await findSession(search), isArchived: false };
  } catch (error) {
    if (!(error instanceof SessionNameError)) throw error;
    const place = await findArchived(search).catch(() => undefined);
    if (place === undefined) throw error;
    return { place, isArchived: true };
  }
}
