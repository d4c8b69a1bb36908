import type { SessionRow } from "../src/session-list.ts";
import { moodOf, type Mood } from "./state-words.ts";

/** Sessions whose turn it is alike. */
export interface SessionGroup {
  readonly title: string;
  readonly rows: readonly SessionRow[];
}

const titles: readonly { readonly title: string; readonly moods: readonly Mood[] }[] = [
  { title: "Needs you", moods: ["asks", "stuck"] },
  { title: "Working", moods: ["works"] },
  { title: "Ready", moods: ["rests"] },
  { title: "Done", moods: ["done"] },
];

/** The sessions by whose turn it is, those that need a person first; no group is empty. */
export function groupSessions(rows: readonly SessionRow[]): readonly SessionGroup[] {
  return titles
    .map(({ title, moods }) => ({
      title,
      rows: rows.filter(({ state }) => moods.includes(moodOf(state))),
    }))
    .filter((group) => group.rows.length > 0);
}

/** Says on the start page what there is to do. */
export function sayWhatToDo(rows: readonly SessionRow[] | undefined): string {
  if (rows === undefined || rows.length === 0) return "";
  const needing = rows.filter(({ state }) => ["asks", "stuck"].includes(moodOf(state))).length;
  const which = needing === 1 ? "1 session needs you." : `${needing} sessions need you.`;
  const first = needing === 0 ? "No session needs you now." : which;
  return `${first} Choose one to see where it is, how it got there, and what it needs.`;
}
