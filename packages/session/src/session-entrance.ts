import { join } from "node:path";
import {
  formatState,
  sessionMachine,
  type SessionInput,
  type SessionMemory,
  type SessionSettings,
  type SessionSnapshot,
} from "@samocode/core";
import { OverviewError, parseQuestions, type OverviewStatus } from "@samocode/core/overview";
import {
  HistoryError,
  isStale,
  ownedStatus,
  readEntry,
  sessionFiles,
  type HistoryTail,
  type Store,
} from "@samocode/core/store";
import { initialTransition } from "xstate";
import { IterationPlan } from "./iteration-plan.ts";
import { readQuestionsOrFault } from "./readable-questions.ts";
import { editOverview } from "./session-overview.ts";
import { revertStatus } from "./session-revert.ts";

/** What a session is entered with, and the state that this leads to. Nothing of it is recorded yet. */
export interface Entrance {
  /** Number of the newest record. */
  readonly seq: number;
  /** The plan of the iteration that was begun last. */
  readonly plan: IterationPlan | undefined;
  /** The state before, as the newest record tells it. */
  readonly cameFrom: string;
  /** What the newest record tells; nothing if there is none. */
  readonly lastEvent: string | undefined;
  /** What the newest record remembers; nothing if it is of the Python samocode, or there is none. */
  readonly memory: Partial<SessionMemory>;
  /** What a person has decided in the overview since. */
  readonly edit: SessionInput["edit"];
  /** Whether a crash left the overview behind that record, and the person's decision takes the place of its edit. */
  readonly isBehind: boolean;
  readonly snapshot: SessionSnapshot;
}

/**
 * Finds out where a session is. Finishes an overview edit that a crash left undone, and reverts Status lines that an
 * old copy of the file has brought back. Whoever calls it holds the write lock.
 *
 * @throws {OverviewError} When the overview cannot be read. It is left as it is.
 * @throws {HistoryError} If a newer version has written what happened last.
 * @throws {StoreError} When the folder cannot be read or written.
 */
export function readEntrance(
  store: Store,
  now: number,
  settings: Partial<SessionSettings>,
  stopRequested = false,
): Entrance {
  const tail = readKnownTail(store);
  const seq = tail.state?.seq ?? 0;
  const recorded = tail.state?.memory;
  const isBehind = recorded !== undefined && store.isPending(seq);
  const status = isBehind ? store.readOverview().status : readStatus(store, tail);
  const facts = { isBehind, history: () => store.readHistory().records };
  if (tail.state !== undefined && isStale(status, tail, facts)) {
    revertStatus(store, tail.state, now);
    return readEntrance(store, now, settings, stopRequested);
  }
  const questions = parseQuestions(readQuestionsOrFault(store).text);
  const entry = readEntry(status, tail, {
    openQuestions: questions.filter(({ answer }) => answer === undefined).length,
    questions: questions.length,
    planHash: store.readPlan()?.hash,
    ...facts,
  });
  if (isBehind && entry.edit === undefined) {
    const state = tail.state?.to ?? "";
    store.finishPending(seq, (text) => editOverview(store, text, recorded, state));
  }
  const [snapshot] = initialTransition(sessionMachine, {
    ...entry,
    now,
    settings,
    stopRequested,
  });
  // A session of the Python samocode has no state on record. If it rests, it is left as it is.
  const rests = snapshot.hasTag("person") || snapshot.status === "done";
  return {
    seq,
    plan: IterationPlan.optional().catch(undefined).parse(tail.state?.["plan"]),
    lastEvent: tail.state?.event,
    cameFrom: tail.state?.to ?? (rests ? formatState(snapshot.value) : "paused"),
    memory: recorded ?? {},
    edit: entry.edit,
    isBehind: isBehind && entry.edit !== undefined,
    snapshot,
  };
}

/** @throws {HistoryError} If a newer version has written what happened last. */
function readKnownTail(store: Store): HistoryTail {
  const tail = store.readHistoryTail();
  if (tail.unknown === undefined) return tail;
  throw new HistoryError(join(store.folder, sessionFiles.history), tail.unknown);
}

/** While an agent works the overview may be half written, and what stands there is nobody's decision. */
function readStatus(store: Store, { state }: HistoryTail): OverviewStatus {
  try {
    return store.readOverview().status;
  } catch (error) {
    const isInFlight = state?.to?.startsWith("working.") === true;
    if (!(error instanceof OverviewError && isInFlight && state?.memory)) throw error;
    return { ...ownedStatus(state.memory), phaseWord: state.memory.phase };
  }
}
