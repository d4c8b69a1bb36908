import type { HistoryRecord } from "./history.ts";

/** The end of a history: all that is needed to go on, however long the history is. */
export interface HistoryTail {
  /** The newest record, whoever wrote it. */
  readonly last?: HistoryRecord | undefined;
  /** The newest record that tells a state of the machine. */
  readonly state?: HistoryRecord | undefined;
  /** The newest record of the end of an iteration, where it is not long past. */
  readonly ended?: HistoryRecord | undefined;
  /** What this version does not know of a record that is newer than that state, such as "the phase `review`". */
  readonly unknown?: string | undefined;
  /** True if the last line is torn. */
  readonly torn: boolean;
}
