import { toldByGate, type GateMemory } from "./gate-record.ts";
import { formatTimestamp, type HistoryRecord } from "./history.ts";
import { memoryOf } from "../machine/session-context.ts";
import type { SessionEvent } from "../machine/session-event.ts";
import { formatState, type SessionSnapshot } from "../machine/session-state.ts";

/** What happened between two snapshots, and what else is known of it. */
export interface Happening {
  readonly seq: number;
  /** Unix time in ms. */
  readonly at: number;
  /** The event, or the word for an entry that no event made (`run`, `created`). */
  readonly event: SessionEvent | "run" | "created";
  /** The state before. */
  readonly from: string;
  /** Number of the iteration that the event ended, where it ended one. */
  readonly iteration?: number;
  /** The phase that the event happened in. */
  readonly phase?: string;
  /** What the session remembered before. @default the record has nothing about the plan gate */
  readonly before?: GateMemory | undefined;
  /** More facts for the record: cost, turns, log file, commits. */
  readonly facts?: Partial<HistoryRecord>;
}

/** The history record of one event. */
export function createRecord(happening: Happening, after: SessionSnapshot): HistoryRecord {
  const { seq, at, event, from, before, facts } = happening;
  const type = typeof event === "string" ? event : event.type;
  return {
    timestamp: formatTimestamp(at),
    iteration: happening.iteration ?? after.context.iteration,
    phase: happening.phase ?? after.context.phase,
    ...(before && toldByGate(event, before, after.context)),
    ...(typeof event === "string" ? {} : toldBy(event)),
    seq,
    event: type,
    from,
    to: formatState(after.value),
    ...facts,
    memory: memoryOf(after.context),
  };
}

function toldBy(event: SessionEvent): Partial<HistoryRecord> {
  const {
    at: _at,
    notes: _notes,
    jitter: _jitter,
    asks: _asks,
    type,
    phase,
    hold,
    ...facts
  } = {
    notes: undefined,
    jitter: undefined,
    asks: undefined,
    phase: undefined,
    hold: undefined,
    ...event,
  };
  const [kind, status] = type.split(".");
  return {
    ...facts,
    ...(kind === "signal" && status !== "invalid" && { status }),
    ...(phase !== undefined && { target: phase }),
    ...(hold !== undefined && { hold }),
  };
}
