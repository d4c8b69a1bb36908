import type { LogLine } from "../src/log-line.ts";
import type { FeedMessage, SessionView } from "../src/session-feed.ts";
import type { SessionFile } from "../src/session-files.ts";
import type { SessionRow } from "../src/session-list.ts";
import type { Step } from "../src/step.ts";
import { parseTime } from "./figures.ts";

/** A step, with its Unix time in ms, if it has one. */
export interface TimedStep extends Step {
  readonly time?: number;
}

/** What is known of the session that is shown. */
export interface ShownSession {
  /** What the page calls it; absent while none is shown. */
  readonly name?: string;
  readonly view?: SessionView;
  readonly steps: readonly TimedStep[];
  /** True once all steps are here that are on disk. */
  readonly isWhole: boolean;
  /** What to name when the page comes back: the history, and how much of it is known. */
  readonly known?: string;
  readonly files: readonly SessionFile[];
  /** The log of the iteration that runs. */
  readonly log?: string;
  readonly lines: readonly LogLine[];
  /** Why it cannot be shown any more. */
  readonly gone?: string;
}

/** What the server has told. */
export interface PageState {
  readonly readOnly: boolean;
  readonly rows?: readonly SessionRow[];
  readonly session: ShownSession;
}

/** What the server tells, as it comes. */
export type PageMessage =
  | { readonly type: "hello"; readonly readOnly: boolean }
  | { readonly type: "list"; readonly rows: readonly SessionRow[] }
  | FeedMessage
  /** This session is to be shown now, or none. */
  | { readonly type: "show"; readonly name: string | undefined };

/** A session of which nothing is known yet. */
export const unknownSession: ShownSession = { steps: [], isWhole: false, files: [], lines: [] };

/** What is known before anything was told. */
export const emptyState: PageState = { readOnly: false, session: unknownSession };

/** How many lines of a log are kept. */
const maxLines = 1000;

/** What is known after a message. */
export function takeMessage(state: PageState, message: PageMessage): PageState {
  const { session } = state;
  const withSession = (change: Partial<ShownSession>): PageState => ({
    ...state,
    session: { ...session, ...change },
  });
  switch (message.type) {
    case "hello":
      return { ...state, readOnly: message.readOnly };
    case "list":
      return { ...state, rows: message.rows };
    case "show": {
      const { name } = message;
      return {
        ...state,
        session: name === undefined ? unknownSession : { ...unknownSession, name },
      };
    }
    case "view": {
      const { gone: _, ...rest } = session;
      return { ...state, session: { ...rest, view: message.view } };
    }
    case "steps": {
      const { from, file, isWhole } = message;
      const steps = [...session.steps.slice(0, from), ...message.steps.map(withTime)];
      return withSession({ steps, isWhole, known: `${file}.${steps.length}` });
    }
    case "files":
      return withSession({ files: message.files });
    case "log": {
      const { log: _, ...rest } = session;
      const before = message.isNew ? [] : session.lines;
      const lines = [...before, ...message.lines].slice(-maxLines);
      const log = message.log === undefined ? {} : { log: message.log };
      return { ...state, session: { ...rest, ...log, lines } };
    }
    case "gone":
      return withSession({ gone: message.message });
  }
}

function withTime(step: Step): TimedStep {
  const time = parseTime(step.at);
  return time === undefined ? step : { ...step, time };
}
