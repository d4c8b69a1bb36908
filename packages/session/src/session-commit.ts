import { formatState, type SessionEvent, type SessionSnapshot } from "@samocode/core";
import {
  areSameLines,
  createRecord,
  decidingLines,
  type DecidingLines,
  type GateMemory,
  type HistoryRecord,
  type Store,
} from "@samocode/core/store";
import type { IterationPlan } from "./iteration-plan.ts";
import { editOverview, statusOf } from "./session-overview.ts";

/** Facts of an event that only its record needs. */
export type RecordFacts = Partial<HistoryRecord>;

/** One step of a session, from a state to the next. */
export interface Move {
  /** Number of its record. */
  readonly seq: number;
  /** Unix time in ms. */
  readonly at: number;
  readonly event: SessionEvent | "run";
  /** The state before, as the newest record tells it. */
  readonly from: string;
  /** The session before, unless it has just been entered. */
  readonly before?: SessionSnapshot | undefined;
  /** What the session remembered before. @default what `before` does */
  readonly memory?: GateMemory | undefined;
  readonly after: SessionSnapshot;
  /** The plan of the iteration that runs, or that begins with this move. */
  readonly plan: IterationPlan | undefined;
  /** When the time is over that the session sits out after this move, Unix time in ms. */
  readonly until?: number | undefined;
  readonly facts?: RecordFacts | undefined;
}

/**
 * Makes a move durable: its record, then the overview. Whoever calls it holds the write lock.
 *
 * @throws {StoreError} When the folder cannot be written. Then nothing has happened.
 */
export function commitMove(store: Store, move: Move): void {
  const { seq, at, event, from, before, after, plan, until, facts } = move;
  const { memory = before?.context } = move;
  let replaces: DecidingLines | undefined;
  const edit = (text: string): string | undefined => {
    const status = statusOf(text);
    // Between the record and this moment a person has decided: that is for the next look at the overview.
    if (replaces !== undefined && !areSameLines(status, replaces)) return undefined;
    const edited = editOverview(store, text, after.context, formatState(after.value));
    if (edited !== text) replaces = decidingLines(status);
    return edited;
  };
  const record = (): HistoryRecord =>
    createRecord(
      {
        seq,
        at,
        event,
        from,
        ...(before && { iteration: before.context.iteration, phase: before.context.phase }),
        before: memory,
        facts: {
          ...facts,
          ...(after.hasTag("agent") && { plan }),
          ...(until !== undefined && { until }),
          ...(isAtWork(after) && after.context.stopRequested && { stopRequested: true }),
          ...(replaces !== undefined && { replaces }),
        },
      },
      after,
    );
  store.commit(seq, record, changesOverview(event, after) ? edit : undefined);
}

/**
 * One that cannot be read is not touched. And what an agent, or the tests, have changed in it is put back when
 * they end, and told then: not when somebody asks the run to stop.
 */
function changesOverview(event: SessionEvent | "run", after: SessionSnapshot): boolean {
  if (typeof event === "string") return true;
  return event.type !== "overview.unreadable" && !(event.type === "stop" && isAtWork(after));
}

function isAtWork(session: SessionSnapshot): boolean {
  return session.hasTag("agent") || session.hasTag("tests");
}
