import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { formatRecord, type HistoryRecord } from "@samocode/core/store";
import { asPage, type PageBench } from "./page-bench.ts";
import { openEventSource, type EventSource } from "./event-source.ts";

/** A record of a history. */
export const record = (
  event: string,
  to = "paused",
  more: Partial<HistoryRecord> = {},
): HistoryRecord => ({
  event,
  from: "paused",
  to,
  ...more,
});
/** Opens the stream of a page. */
export const open = async (
  bench: PageBench,
  query = "?session=login",
  more: Readonly<Record<string, string>> = {},
): Promise<EventSource> =>
  openEventSource(bench.port, `/api/stream${query}`, { ...(await asPage(bench)), ...more });
/** Adds records to the history of the session. */
export const append = (bench: PageBench, ...records: readonly HistoryRecord[]): void =>
  appendFileSync(join(bench.folder, "_signal_history.jsonl"), records.map(formatRecord).join(""));
/** The events that a page knows after all messages. */
export const eventsOf = ({ messages }: EventSource): string => {
  let known: readonly { readonly event: string }[] = [];
  for (const { type, value } of messages) {
    if (type !== "steps") continue;
    const { from, steps } = value as { from: number; steps: readonly { event: string }[] };
    known = [...known.slice(0, from), ...steps];
  }
  return known.map(({ event }) => event).join(" ");
};
/** The id of the last message that has one. */
export const lastId = ({ messages }: EventSource): string =>
  messages.findLast(({ id }) => id !== undefined)?.id ?? "";
