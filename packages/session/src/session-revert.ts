import {
  areSameLines,
  decidingLines,
  findChangedLines,
  formatTimestamp,
  staleEvent,
  statusChanges,
  type DecidingLines,
  type HistoryRecord,
  type Store,
} from "@samocode/core/store";
import { editOverview, statusOf } from "./session-overview.ts";

/**
 * Reverts the Status lines that an old copy of the overview has brought back, and records it. All else in the file
 * stays as it was saved. Whoever calls it holds the write lock.
 *
 * @param state The newest record with a state: it stays the state of the session.
 * @param at Unix time in ms.
 */
export function revertStatus(store: Store, state: HistoryRecord, at: number): void {
  const { memory, to = "", seq: newest = 0 } = state;
  if (memory === undefined) return;
  const seq = newest + 1;
  let replaces: DecidingLines | undefined;
  let putBack: readonly string[] = [];
  const edit = (text: string): string | undefined => {
    const status = statusOf(text);
    // Between the record and this moment a person has decided: that is for the next look at the overview.
    if (replaces !== undefined && !areSameLines(decidingLines(status), replaces)) return undefined;
    replaces = decidingLines(status);
    const changed = findChangedLines(status, statusChanges(memory, status));
    putBack = changed.map(({ key, found, kept }) => `${key}: ${found} -> ${kept}`);
    return editOverview(store, text, memory, to);
  };
  const record = (): HistoryRecord => ({
    timestamp: formatTimestamp(at),
    iteration: memory.iteration,
    phase: memory.phase,
    seq,
    event: staleEvent,
    from: to,
    to,
    putBack,
    ...keptOf(state),
    ...(replaces !== undefined && { replaces }),
    memory,
  });
  store.commit(seq, record, edit);
}

/** What is read from the newest record, and so must be in this one. */
function keptOf({ to, until, summary, message }: HistoryRecord): Partial<HistoryRecord> {
  return {
    ...(until !== undefined && { until }),
    ...(to === "finished" && summary !== undefined && { summary }),
    ...(to === "failed" && message !== undefined && { message }),
  };
}
