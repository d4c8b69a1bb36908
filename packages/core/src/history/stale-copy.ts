import type { HistoryRecord } from "./history.ts";
import { toOneLine } from "../text/markdown-text.ts";
import type { OverviewStatus } from "../overview/overview-field.ts";
import type { SessionMemory } from "../machine/session-context.ts";
import { areSameLines, ownedStatus } from "./session-status.ts";

/** What is known beside the Status lines and the newest state. */
export interface CopyFacts {
  /**
   * True if a crash left the overview behind its record: it then still says what that record says that it
   * replaces, unless a person has changed it. @default false
   */
  readonly isBehind?: boolean;
  /** The records of the history; asked for only where they matter. @default none */
  readonly history?: () => readonly HistoryRecord[];
}

/**
 * Whether the Status lines are those of an earlier state, as when an editor saves a buffer that it has had open
 * since then: an `Iteration` that is over, or, word for word, a wait or a block that the session has left.
 *
 * @param state The newest record with a state.
 */
export function isStaleCopy(
  status: OverviewStatus,
  { memory }: HistoryRecord,
  { isBehind = false, history = () => [] }: CopyFacts = {},
): boolean {
  if (memory === undefined) return false;
  // A move begins one iteration at most.
  const newest = memory.iteration - (isBehind ? 1 : 0);
  if (status.iteration !== undefined && status.iteration < newest) return true;
  if (status.blocked === "no" || saysTheSame(status, memory)) return false;
  return history().some((record) => record.memory && saysTheSame(status, record.memory));
}

/** Whether the lines say that the session is held, and by what, as they did when this was remembered. */
function saysTheSame(status: OverviewStatus, memory: SessionMemory): boolean {
  const owned = ownedStatus(memory);
  return (
    areSameLines(status, owned) &&
    isSameText(status.reason, owned.reason) &&
    isSameText(status.needs, owned.needs) &&
    (status.iteration === undefined || status.iteration === Math.max(1, memory.iteration))
  );
}

function isSameText(found: string | undefined, written: string | undefined): boolean {
  return (found ?? "") === toOneLine(written ?? "");
}
