import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { openStore, sessionFiles, type HistoryRecord, type Plan } from "@samocode/core/store";
import { watchFolder } from "./folder-watch.ts";
import { createHistoryReader } from "./history-reader.ts";
import type { InspectHost, SessionPlace, SessionReport } from "./host.ts";
import { createLogFeed, type LogMessage } from "./log-feed.ts";
import { listSessionFiles, type SessionFile } from "./session-files.ts";
import { createStep, type Step } from "./step.ts";

/** Where a session is, with the plan that an approval is bound to. */
export interface SessionView extends SessionReport {
  readonly name: string;
  readonly folder: string;
  readonly plan?: Plan;
}

/** What those are told who look at a session. */
export type FeedMessage =
  | { readonly type: "view"; readonly view: SessionView }
  /** Steps to be put in the place of all from number `from` on; `isWhole` once all are told that are on disk. */
  | {
      readonly type: "steps";
      /** Tells the history apart from one that takes its place. */
      readonly file: number;
      readonly from: number;
      readonly steps: readonly Step[];
      readonly isWhole: boolean;
    }
  | { readonly type: "files"; readonly files: readonly SessionFile[] }
  | LogMessage
  /** The session cannot be looked at any more. */
  | { readonly type: "gone"; readonly message: string };

/** A session that somebody looks at. */
export interface SessionFeed {
  /**
   * Tells all that is known, and then all that changes.
   *
   * @param known The history of which something is known already, and how many steps of it.
   * @returns what ends it
   */
  readonly subscribe: (tell: (message: FeedMessage) => void, known?: Known) => () => void;
}

/** What a page knows that comes back. */
interface Known {
  readonly file: number;
  readonly steps: number;
}

/** Follows a session, whoever runs it, as long as somebody looks at it. */
export function createSessionFeed(host: InspectHost, place: SessionPlace): SessionFeed {
  let look: Look | undefined;
  return {
    subscribe(tell, known) {
      // Who comes first has it all read again: nothing is kept of a session that nobody looks at.
      const joined = (look ??= openLook(host, place));
      joined.join(tell, known);
      return () => {
        joined.leave(tell);
        if (joined.isEmpty() && look === joined) look = undefined;
      };
    },
  };
}

type Tell = (message: FeedMessage) => void;

/** How soon a session is looked at again that could not be looked at, in ms. */
const retryMs = 1000;

/** What is known of a session while somebody looks at it. */
interface Look {
  readonly join: (tell: Tell, known: Known | undefined) => void;
  readonly leave: (tell: Tell) => void;
  readonly isEmpty: () => boolean;
}

function openLook(host: InspectHost, place: SessionPlace): Look {
  const { name, folder } = place;
  const store = openStore(folder);
  const listeners = new Set<Tell>();
  const steps: Step[] = [];
  const history = createHistoryReader(join(folder, sessionFiles.history));
  let view: SessionView | undefined;
  let files: readonly SessionFile[] | undefined;
  let isWhole = false;
  let isRefreshing = false;
  let isStale = false;
  let again: NodeJS.Timeout | undefined;

  const tellAll: Tell = (message) => {
    for (const tell of listeners) tell(message);
  };
  const stepsFrom = (from: number): FeedMessage => ({
    type: "steps",
    file: history.file(),
    from,
    steps: steps.slice(from),
    isWhole,
  });
  const log = createLogFeed(host, folder, tellAll);

  const readSteps = async (): Promise<void> => {
    let last: HistoryRecord | undefined;
    for (;;) {
      const { isOther, records } = history.read();
      if (isOther) steps.length = 0;
      if (records.length === 0 && !isOther) break;
      const from = steps.length;
      for (const record of records) {
        steps.push(createStep(record, steps.at(-1)?.to));
        last = record;
      }
      tellAll(stepsFrom(from));
      // Others are answered while a long history is read.
      await pause();
      if (listeners.size === 0) return;
    }
    if (last !== undefined) log.follow(runningLog(last));
    if (isWhole) return;
    isWhole = true;
    tellAll(stepsFrom(steps.length));
  };

  const refresh = async (): Promise<void> => {
    clearTimeout(again);
    isStale = true;
    if (isRefreshing) return;
    isRefreshing = true;
    try {
      while (isStale && listeners.size > 0) {
        isStale = false;
        const plan = store.readPlan();
        const seen: SessionView = { ...host.report(place), name, folder, ...(plan && { plan }) };
        if (differs(seen, view)) tellAll({ type: "view", view: (view = seen) });
        await readSteps();
        const listed = listSessionFiles(folder);
        if (differs(listed, files)) tellAll({ type: "files", files: (files = listed) });
      }
    } catch (error) {
      view = undefined;
      const message = error instanceof Error ? error.message : String(error);
      tellAll({ type: "gone", message });
      // It may have been looked at in the middle of a change that was the last one.
      again = setTimeout(() => void refresh(), retryMs);
    } finally {
      isRefreshing = false;
    }
  };
  const stopWatching = watchFolder(folder, () => void refresh());

  return {
    join(tell, known) {
      if (view !== undefined) tell({ type: "view", view });
      const isKnown = known?.file === history.file() && known.steps <= steps.length;
      if (isWhole || steps.length > 0) tell(stepsFrom(isKnown ? known.steps : 0));
      if (files !== undefined) tell({ type: "files", files });
      tell(log.soFar());
      listeners.add(tell);
      void refresh();
    },
    leave(tell) {
      listeners.delete(tell);
      if (listeners.size > 0) return;
      stopWatching();
      clearTimeout(again);
      log.follow(undefined);
    },
    isEmpty: () => listeners.size === 0,
  };
}

/** The log of the iteration that was begun with a record and has not ended. */
function runningLog({ to, ...record }: HistoryRecord): string | undefined {
  const plan = record["plan"];
  if (to?.startsWith("working.") !== true || typeof plan !== "object" || plan === null)
    return undefined;
  return "log" in plan && typeof plan.log === "string" ? plan.log : undefined;
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
