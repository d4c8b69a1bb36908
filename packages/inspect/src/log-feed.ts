import type { InspectHost, LogReader } from "./host.ts";
import { createLogLine, type LogLine } from "./log-line.ts";
import { findLog } from "./session-files.ts";

/** What an agent says and does, as it goes. */
export interface LogMessage {
  readonly type: "log";
  /** Path in the session folder; absent while no agent works. */
  readonly log?: string;
  /** True if these lines are all that is known; else they follow those of before. */
  readonly isNew: boolean;
  readonly lines: readonly LogLine[];
}

/** Follows the log of the iteration that runs. */
export interface LogFeed {
  /** Follows this log, a path in the session folder, or none. */
  readonly follow: (log: string | undefined) => void;
  /** All lines that are kept of the log that is followed. */
  readonly soFar: () => LogMessage;
}

/** How often a log is read on, in ms. */
const pollMs = 100;
/** How much is read at once, in bytes; the rest comes with the next look. */
const maxBytesOfLook = 4 * 1024 * 1024;
/** How many lines are kept: more than a person reads of what is over. */
const maxLines = 500;

/** Makes a feed that tells what is new in the log that is followed. */
export function createLogFeed(
  host: InspectHost,
  folder: string,
  tell: (message: LogMessage) => void,
): LogFeed {
  let log: string | undefined;
  let reader: LogReader | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lines: LogLine[] = [];
  let fresh: LogLine[] = [];

  const look = (): void => {
    // An agent that was just started has not made its log yet.
    reader ??= open();
    if (reader === undefined) return;
    for (let bytes = 0; bytes < maxBytesOfLook;) {
      const read = reader.read();
      if (read === 0) break;
      bytes += read;
    }
    if (fresh.length === 0) return;
    const news = fresh.slice(-maxLines);
    fresh = [];
    lines = [...lines, ...news].slice(-maxLines);
    tell({ type: "log", ...named(log), isNew: false, lines: news });
  };

  const open = (): LogReader | undefined => {
    const path = log === undefined ? undefined : findLog(folder, log);
    if (path === undefined) return undefined;
    return host.openLog(path, (event) => {
      const line = createLogLine(event);
      if (line !== undefined) fresh.push(line);
    });
  };

  return {
    follow(next) {
      if (next === log) return;
      // What it said last is told before another one begins.
      if (reader !== undefined) look();
      clearInterval(timer);
      reader?.close();
      [log, reader, timer, lines, fresh] = [next, undefined, undefined, [], []];
      tell({ type: "log", ...named(log), isNew: true, lines });
      if (log === undefined) return;
      timer = setInterval(guarded(look), pollMs).unref();
    },
    soFar: () => ({ type: "log", ...named(log), isNew: true, lines }),
  };
}

function named(log: string | undefined): { readonly log?: string } {
  return log === undefined ? {} : { log };
}

/** A log that cannot be read now, for it was moved or the folder is gone, may be there again later. */
function guarded(look: () => void): () => void {
  return () => {
    try {
      look();
    } catch {}
  };
}
