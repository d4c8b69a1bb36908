import type { Dirent } from "node:fs";
import { parseDatedName } from "./session-date.ts";
import { foldSessionName } from "./session-name.ts";

/** What is in SESSIONS, so that a session is found by name without looking at all the others. */
export interface SessionIndex {
  /** All that is there, by name. */
  readonly entries: readonly Dirent[];
  /** What may be sessions, the newest first, those without a date last. */
  readonly newestFirst: readonly Dirent[];
  /**
   * The folder of exactly that name, else the newest dated one with it.
   *
   * @throws {SessionNameError} when the name is not safe.
   */
  readonly find: (argument: string) => Dirent | undefined;
}

/** Makes the index of what is in SESSIONS. */
export function createSessionIndex(unsorted: readonly Dirent[]): SessionIndex {
  const entries = unsorted.toSorted((one, other) => compare(one.name, other.name));
  const exact = new Map<string, Dirent>();
  const folded = new Map<string, Dirent>();
  const dated = new Map<string, Dirent>();
  const folders: { readonly entry: Dirent; readonly date: string }[] = [];
  for (const entry of entries) {
    const { name } = entry;
    const key = entry.isDirectory() || entry.isSymbolicLink() ? tryFold(name) : undefined;
    if (key === undefined) continue;
    addFirst(exact, name.normalize("NFC"), entry);
    addFirst(folded, key, entry);
    folders.push({ entry, date: parseDatedName(name)?.date ?? "" });
  }
  const newestFirst = folders
    .toSorted((one, other) => compare(other.date, one.date))
    .map(({ entry }) => entry);
  for (const entry of newestFirst) {
    const key = tryFold(parseDatedName(entry.name)?.name);
    if (key !== undefined) addFirst(dated, key, entry);
  }
  return {
    entries,
    newestFirst,
    find: (argument) => {
      const key = foldSessionName(argument);
      return exact.get(argument.normalize("NFC").trim()) ?? folded.get(key) ?? dated.get(key);
    },
  };
}

function addFirst<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function tryFold(name: string | undefined): string | undefined {
  try {
    return name === undefined ? undefined : foldSessionName(name);
  } catch {
    return undefined;
  }
}
