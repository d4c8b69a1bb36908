import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore, type HistoryRecord, type Store } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";

/** A folder of sessions on disk. */
export interface SessionsFolder extends AsyncDisposable {
  readonly path: string;
  /** Makes a session, as the Python samocode leaves it: what its overview says is where it is. */
  readonly add: (name: string, files: SessionFiles) => TestSession;
}

/** What a session waits for: the lines of its status, and files beside the overview. */
export interface SessionFiles {
  readonly status: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly task?: string;
}

/** A session of a test. */
export interface TestSession {
  readonly store: Store;
  readonly write: (file: string, text: string | Buffer) => void;
  readonly read: (file: string) => string;
  readonly records: () => readonly HistoryRecord[];
}

/** Makes a folder of sessions; nothing runs in it. */
export async function createSessionsFolder(): Promise<SessionsFolder> {
  const temp = await createTempFolder("samocode-sessions-");
  return {
    path: temp.path,
    add: (name, files) => addSession(temp.path, name, files),
    [Symbol.asyncDispose]: () => temp.dispose(),
  };
}

/** Makes a session in a folder of sessions. */
export function addSession(
  sessions: string,
  name: string,
  { status, files = {}, task }: SessionFiles,
): TestSession {
  const folder = join(sessions, name);
  mkdirSync(folder);
  const write = (file: string, text: string | Buffer): void =>
    writeFileSync(join(folder, file), text);
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const lines = Object.entries(status).map(([key, value]) => `${key}: ${value}\n`);
  const about = task === undefined ? "" : `## Task\n${task}\n\n`;
  write("_overview.md", `# Session: ${name}\n\n${about}## Status\n${lines.join("")}`);
  for (const [file, text] of Object.entries(files)) write(file, text);
  const store = openStore(folder);
  return { store, write, read, records: () => store.readHistory().records };
}

/** A session that asks two things. */
export const asking: SessionFiles = {
  status: { Phase: "investigation", Blocked: "waiting_human", "Waiting For": "qa_answers" },
  files: {
    "_qa.md": `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_

### Q2: How long do they live?
**Answer:** _waiting_
`,
  },
};

/** A session with a plan at the gate. */
export const planned: SessionFiles = {
  status: { Phase: "planning", Blocked: "waiting_human", "Waiting For": "plan_approval" },
  files: { "01-15-14:50-plan-jwt.md": "# Plan\n- [ ] do it\n" },
};

/** A session that cannot go on. */
export const blocked: SessionFiles = {
  status: { Phase: "testing", Blocked: "yes", Reason: "2 tests fail", Needs: "error_resolution" },
};
