import { remedies, type RunEvent } from "@samocode/core";
import type { HistoryRecord } from "@samocode/core/store";

/** What a record of the history tells those who follow a session; nothing of one that knows no states. */
export function eventsOfRecord(record: HistoryRecord): readonly RunEvent[] {
  const { event, from, to, memory, by, commits } = record;
  if (event === undefined || from === undefined || to === undefined || memory === undefined) {
    return [];
  }
  const { phase, costUsd } = memory;
  const iteration = record.iteration ?? memory.iteration;
  const late = record["foundLate"];
  const message = messageOf(record);
  const spent = spentBy(record);
  const remedy = remedies.find((each) => each === record["remedy"]);
  return [
    ...(typeof late === "string" ? [{ type: "signal.late", iteration, file: late } as const] : []),
    {
      type: "session.moved",
      event,
      from,
      to,
      phase,
      iteration,
      costUsd,
      ...(message !== undefined && { message }),
      ...(by !== undefined && { by }),
      ...(remedy !== undefined && { remedy }),
      ...(spent !== undefined && { spent }),
      ...(commits !== undefined && commits.length > 0 && { commits }),
    },
  ];
}

/** What a record says of why it happened, in the words of whoever caused it. */
function messageOf(record: HistoryRecord): string | undefined {
  const { memory, message, reason, summary } = record;
  const words = [memory?.problem, message, record["problem"], reason, summary];
  return [...words, record["feedback"], record["note"]].find((text) => typeof text === "string");
}

function spentBy({ event = "", durationMs, costUsd, turns, tokens }: HistoryRecord) {
  if (durationMs === undefined || !/^(?:signal|agent)\./.test(event)) return undefined;
  return {
    durationMs,
    ...(costUsd !== undefined && { costUsd }),
    ...(turns !== undefined && { turns }),
    ...(tokens !== undefined && { tokens }),
  };
}
