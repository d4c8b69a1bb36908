import picocolors from "picocolors";
import type { RunEvent } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import type { HistoryRecord, Store } from "@samocode/core/store";
import {
  followHistory,
  type HistoryFollower,
  eventsOfRecord,
  formatEvent as formatLine,
  formatHappening,
} from "@samocode/session";
import { quoteData } from "./data-text.ts";

const maxRecords = 20;
const maxMessage = 500;
const plain = picocolors.createColors(false);

/** What has happened to sessions since this server last told it. */
export interface News {
  /** The news of a session as text; empty if there is none, and at the first call. */
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
    "Since your last call:",
    ...(left > 0 ? [`- ${left} more events before these`] : []),
    ...shown.map(formatEvent),
  ].join("\n");
}

function formatEvent(event: RunEvent): string {
  if (event.type === "signal.late") return `- a stale signal was moved to ${word(event.file)}`;
  if (event.type !== "session.moved") return `- ${formatLine(event, plain) ?? event.type}`;
  const { event: name, from, to, iteration, by, message, spent } = event;
  const { durationMs, costUsd: iterationCostUsd } = spent ?? {};
  const happening = { event: name, from, to, by, durationMs, iterationCostUsd };
  const line = `- iteration ${iteration}: ${formatHappening(happening, plain)}`;
  return message === undefined ? line : `${line}\n${quoteData(message, maxMessage)}`;
}

/** An agent can write into the folder of its session, so that a word of a record may be any text. */
function word(text: string): string {
  return printableText(text, 60);
}
