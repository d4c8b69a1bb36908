import type { HistoryRecord } from "./history.ts";
import { findPhase } from "../workflow/phase.ts";

/** A move of a session through the statechart. If nothing changed, `to` is `from`. */
export interface SessionMove {
  readonly event: string;
  /** The state before; `""` at the start. */
  readonly from: string;
  readonly to: string;
}

/**
 * The moves of a session, one for each record of its history. Records of the Python samocode know no states:
 * theirs are told from the signal, as far as it goes.
 *
 * @example
 * readMoves(parseHistory('{"phase":"planning","status":"waiting","for":"plan_approval"}').records);
 * // [{ event: "signal.waiting", from: "", to: "waiting.approval" }]
 */
export function readMoves(records: readonly HistoryRecord[]): readonly SessionMove[] {
  let state = "";
  return records.map((record) => {
    const { status, event = status === undefined ? "record" : `signal.${status}` } = record;
    const from = record.from ?? state;
    state = record.to ?? guessState(record) ?? from;
    return { event: oldTimers.has(event) ? "wake" : event, from, to: state };
  });
}

/** What `wake` was called in records of older versions. */
const oldTimers = new Set(["backOff", "limitReset"]);

const waits = new Map([
  ["qa_answers", "waiting.answers"],
  ["plan_approval", "waiting.approval"],
  ["file_update", "waiting.file"],
  ["human_action", "waiting.action"],
]);

/**
 * The state that a record of the Python samocode led to, told from its signal; nothing if that does not tell.
 *
 * @example
 * guessState({ phase: "init", status: "continue" }); // "working.investigation"
 */
export function guessState({ status, phase = "", ...record }: HistoryRecord): string | undefined {
  switch (status) {
    case "waiting":
      return waits.get(record.for ?? "") ?? "waiting.action";
    case "blocked":
      return "blocked";
    case "done":
      return "finished";
    default: {
      const found = findPhase(phase);
      return found === undefined ? undefined : `working.${found}`;
    }
  }
}
