import { isAnswered, type SessionReport } from "./session-report.ts";

/** Whose turn it is, in the order in which sessions are listed. */
const turns = ["you", "working", "ready", "done"] as const;
type Turn = (typeof turns)[number];

/** Whose turn it is in a session: a human's, its run's, that of whoever starts the next run, or nobody's. */
export function turnOf(report: SessionReport): Turn {
  const { state, run } = report;
  if (state === "finished") return "done";
  if (state === "blocked" || state === "failed") return "you";
  if (state.startsWith("waiting.") && !isAnswered(report)) return "you";
  return run === undefined ? "ready" : "working";
}

/**
 * Sessions in the order in which they matter: those that need a human, those at work, those that may continue and
 * those that are done. The one that has been so for the longest time comes first; of those that are done, the newest.
 */
export function sortByTurn<Report extends SessionReport>(
  reports: readonly Report[],
): readonly Report[] {
  const keyed = reports.map((report) => ({ report, turn: turnOf(report), since: sinceOf(report) }));
  const sorted = keyed.toSorted((one, other) => {
    const byTurn = turns.indexOf(one.turn) - turns.indexOf(other.turn);
    if (byTurn !== 0) return byTurn;
    return one.turn === "done" ? other.since - one.since : one.since - other.since;
  });
  return sorted.map(({ report }) => report);
}

/** Since when a session is where it is, Unix time in ms; of one that does not say, the beginning of time. */
export function sinceOf({ waitingSince, since }: SessionReport): number {
  return waitingSince ?? (Date.parse(since ?? "") || 0);
}
