import { printableText, type HistoryRecord, type RunEvent, type Store } from "@samocode/core";
import { followHistory, type HistoryFollower } from "../session/history-follower.ts";
import { eventsOfRecord } from "../session/record-event.ts";
import { formatDuration } from "../terminal/figures.ts";
import { quoteData } from "./data-text.ts";

const maxRecords = 20;
const maxMessage = 500;

/** What has happened to sessions since this server last told it. */
export interface News {
  /** The news of a session as text; empty where there is none, and at the first call. */
  readonly take: (store: Store) => string;
}

/** Remembers, while the server lives, up to which record each history has been told. */
export function createNews(): News {
  const followers = new Map<string, HistoryFollower>();
  return {
    take(store) {
      const follower = followers.get(store.folder);
      if (follower !== undefined) return formatNews(follower.read());
      followers.set(store.folder, followHistory(store));
      return "";
    },
  };
}

function formatNews(records: readonly HistoryRecord[]): string {
  const events = records.flatMap(eventsOfRecord);
  if (events.length === 0) return "";
  const shown = events.slice(-maxRecords);
  const left = events.length - shown.length;
  return [
    "What has happened since you were last told:",
    ...(left > 0 ? [`- ${left} more events before these`] : []),
    ...shown.map(formatEvent),
  ].join("\n");
}

function formatEvent(event: RunEvent): string {
  if (event.type === "signal.late") return `- a late signal was moved to ${word(event.file)}`;
  if (event.type !== "session.moved") return `- ${event.type}`;
  const { from, to, iteration, by, message, spent: { durationMs, costUsd } = {} } = event;
  const facts = [
    from === to ? word(to) : `${word(from)} → ${word(to)}`,
    ...(durationMs === undefined ? [] : [formatDuration(durationMs)]),
    ...(costUsd === undefined ? [] : [`$${costUsd.toFixed(2)}`]),
    ...(by === undefined ? [] : [`by ${word(by)}`]),
  ];
  const line = `- iteration ${iteration}, ${word(event.event)}: ${facts.join(", ")}`;
  return message === undefined ? line : `${line}\n${quoteData(message, maxMessage)}`;
}

/** An agent can write into the folder of its session, so that a word of a record may be any text. */
function word(text: string): string {
  return printableText(text, 60);
}
