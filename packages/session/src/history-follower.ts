import { closeSync, fstatSync, readSync } from "node:fs";
import { join } from "node:path";
import {
  openRegularFile,
  parseRecord,
  sessionFiles,
  type HistoryRecord,
  type Store,
} from "@samocode/core/store";
import { sizeOf } from "@samocode/process";

/** Reads what is appended to a history, whoever appends it. */
export interface HistoryFollower {
  /** The records that are new since the last call; a line that is still being written comes with a later call. */
  readonly read: () => readonly HistoryRecord[];
}

const chunkBytes = 64 * 1024;
const newline = 0x0a;

/** Follows the history of a session from its present end on. What is there is never read again. */
export function followHistory(store: Store): HistoryFollower {
  const path = join(store.folder, sessionFiles.history);
  // Only whole lines count: a line that fails on a full disk is taken back by whoever writes it.
  let offset = endOfLastLine(path);
  return {
    read() {
      if (sizeOf(path) <= offset) return [];
      const bytes = readFrom(path, offset);
      const end = bytes.lastIndexOf(newline) + 1;
      offset += end;
      return bytes
        .subarray(0, end)
        .toString("utf8")
        .split("\n")
        .map(parseRecord)
        .filter((record) => record !== undefined);
    },
  };
}

function endOfLastLine(path: string): number {
  let end = sizeOf(path);
  while (end > 0) {
    const start = Math.max(0, end - chunkBytes);
    const last = readFrom(path, start, end).lastIndexOf(newline);
    if (last !== -1) return start + last + 1;
    end = start;
  }
  return 0;
}

function readFrom(path: string, start: number, end?: number): Buffer {
  const file = openRegularFile(path);
  try {
    const bytes = Buffer.alloc(Math.max(0, (end ?? fstatSync(file).size) - start));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
  } finally {
    closeSync(file);
  }
}
