import { closeSync, readSync } from "node:fs";
import { join } from "node:path";
import { openIfRegular, parseRecord, sessionFiles } from "@samocode/core/store";
import { markSession } from "./folder-watch.ts";
import type { InspectHost, SessionPlace } from "./host.ts";

/** A session as one line of the list. */
export interface SessionRow {
  readonly name: string;
  /** The first line of what is to be done. */
  readonly task?: string;
  readonly phase: string;
  readonly state: string;
  readonly waitingFor?: string;
  readonly openQuestions: number;
  /** Why it is blocked, or has failed. */
  readonly reason?: string;
  readonly iteration: number;
  readonly costUsd: number;
  /** True if not every iteration has told its cost. */
  readonly costIsLeast?: boolean;
  /** Since when it is waited for a human, else when something last happened; as the history spells it. */
  readonly since?: string;
  /** When it began, as the history spells it. */
  readonly began?: string;
  readonly isRunning: boolean;
  /** True if its run stops when its agent has ended. */
  readonly stopRequested?: boolean;
}

/** How much of a task fits into the list, in characters. */
const maxTask = 200;

/** All sessions, for those who look at the list. */
export interface SessionList {
  /**
   * Tells all the rows, and all of them again whenever one changes.
   *
   * @returns what ends it
   */
  readonly subscribe: (tell: (rows: readonly SessionRow[]) => void) => () => void;
}

/** How often the sessions are looked at, in ms. */
const pollMs = 1000;
/** How much of a reason fits into the list, in characters. */
const maxReason = 300;

/** Follows all sessions as long as somebody looks at the list. A fault that stays is told once. */
export function createSessionList(host: InspectHost, warn: (message: string) => void): SessionList {
  const listeners = new Set<(rows: readonly SessionRow[]) => void>();
  const known = new Map<string, { readonly mark: string; readonly row: SessionRow }>();
  let rows: readonly SessionRow[] | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let fault: string | undefined;

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const places = await host.list();
      const names = new Set(places.map(({ name }) => name));
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      const seen = places.map(rowOf);
      fault = undefined;
      if (JSON.stringify(seen) !== JSON.stringify(rows)) {
        rows = seen;
        for (const tell of listeners) tell(rows);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== fault) warn(message);
      fault = message;
    } finally {
      isLooking = false;
    }
  };

  const rowOf = (place: SessionPlace): SessionRow => {
    const mark = markSession(place.folder);
    const last = known.get(place.name);
    // A run may die and leave all its files as they are.
    if (last !== undefined && last.mark === mark && !last.row.isRunning) return last.row;
    const row = createRow(host, place);
    known.set(place.name, { mark, row });
    return row;
  };

  return {
    subscribe(tell) {
      listeners.add(tell);
      if (rows !== undefined) tell(rows);
      void look();
      timer ??= setInterval(() => void look(), pollMs);
      return () => {
        listeners.delete(tell);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

function createRow(host: InspectHost, place: SessionPlace): SessionRow {
  const report = host.report(place);
  const { phase, state, waitingFor, reason, iteration, since, run, questions } = report;
  const { costUsd, costIsLeast, stopRequested } = report;
  const task = report.task?.trim().split("\n", 1)[0]?.slice(0, maxTask);
  const began = readBeginning(place.folder);
  return {
    name: place.name,
    ...(task !== undefined && { task }),
    phase,
    state,
    ...(waitingFor !== undefined && { waitingFor }),
    openQuestions: questions.length,
    ...(reason !== undefined && { reason: reason.slice(0, maxReason) }),
    iteration,
    costUsd,
    ...(costIsLeast !== undefined && { costIsLeast }),
    ...(since !== undefined && { since }),
    ...(began !== undefined && { began }),
    isRunning: run !== undefined,
    ...(stopRequested !== undefined && { stopRequested }),
  };
}

/** When a session began: the time of its first record. */
function readBeginning(folder: string): string | undefined {
  const file = openIfRegular(join(folder, sessionFiles.history));
  if (file === undefined) return undefined;
  try {
    const bytes = Buffer.alloc(64 * 1024);
    const read = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)).toString("utf8");
    return parseRecord(read.split("\n", 1).join())?.timestamp;
  } finally {
    closeSync(file);
  }
}
