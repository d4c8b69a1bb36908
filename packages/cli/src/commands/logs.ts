import { OverviewError } from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import picocolors from "picocolors";
import { listenForStop } from "@samocode/process";
import {
  formatGoOn,
  listLogs,
  type SessionLog,
  exitCodes,
  planOf,
  UsageError,
} from "@samocode/session";
import { createLogTeller, type LogTeller } from "../terminal/log-teller.ts";
import { openAnySession, type SessionFlags } from "../config/open-session.ts";
import { claudeLog } from "@samocode/agent-claude";
import { watchSession } from "@samocode/runner";
import { hasColor } from "../terminal/output.ts";
import { stdoutColumns } from "../terminal/wrapped-text.ts";

/** The flags of `logs`. */
export interface LogsFlags extends SessionFlags {
  readonly follow: boolean;
  readonly iteration?: string;
  readonly raw: boolean;
}

/** Tells what the agents of a session have said and done: in the newest iteration, or in the one that is asked for. */
export async function logs(argument: string, flags: LogsFlags): Promise<number> {
  if (flags.raw && flags.json === true) {
    throw new UsageError("cannot use both --json and --raw: expected one of them");
  }
  const { store, name } = await openAnySession(argument, flags);
  const iteration = parseIteration(flags.iteration);
  const workingDir = readWorkingDir(store);
  const teller = createLogTeller({
    folder: store.folder,
    form: flags.raw ? "raw" : flags.json === true ? "json" : "words",
    view: {
      columns: stdoutColumns(),
      color: picocolors.createColors(hasColor(process.stdout)),
      places: [workingDir, store.folder].flatMap((place) => (place ? [`${place}/`] : [])),
    },
  });
  const stop = listenForStop();
  try {
    const follows = flags.follow && (iteration === undefined || isRunning(store, iteration));
    // What runs now is told from its start by whoever follows it.
    if (!follows || !isRunning(store)) {
      const found = newestOf(listLogs(store, iteration));
      if (found.length === 0 && !follows) throw nothingFound(store, name, iteration);
      for (const log of found) await teller.tellWhole(log, stop.cancel);
    }
    if (follows) await follow(store, teller, stop.cancel);
    return stop.exitCode() ?? exitCodes.done;
  } finally {
    stop.release();
    teller.close();
  }
}

async function follow(store: Store, teller: LogTeller, cancel: AbortSignal): Promise<void> {
  await watchSession(store, { log: claudeLog, cancel, tell: (event) => teller.tell(event) });
}

/** Whether an iteration goes on: this one, or any. */
function isRunning(store: Store, iteration?: number): boolean {
  const { state } = store.readHistoryTail();
  const plan = state && planOf(state);
  return plan !== undefined && (iteration === undefined || plan.iteration === iteration);
}

/** The logs of the newest iteration of these. */
function newestOf(logs: readonly SessionLog[]): readonly SessionLog[] {
  const newest = logs.at(-1)?.iteration;
  return logs.filter(({ iteration }) => iteration === newest);
}

function nothingFound(store: Store, name: string, iteration: number | undefined): UsageError {
  const last = listLogs(store).at(-1)?.iteration;
  if (last === undefined || iteration === undefined) {
    return new UsageError(
      `cannot show the log of \`${name}\`: no agent has run yet. Start one: ${formatGoOn(name)}`,
    );
  }
  return new UsageError(
    `cannot find a log of iteration ${iteration} of \`${name}\`: expected one from 1 to ${last}`,
  );
}

function parseIteration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const iteration = Number(text);
  if (/^\d+$/.test(text) && iteration > 0) return iteration;
  throw new UsageError(`cannot take \`${text}\` as an iteration: expected its number, from 1 on`);
}

function readWorkingDir(store: Store): string | undefined {
  try {
    return store.readOverview().workingDir;
  } catch (error) {
    if (error instanceof OverviewError) return undefined;
    throw error;
  }
}
