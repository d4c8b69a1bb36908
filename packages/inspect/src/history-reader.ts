import { closeSync, fstatSync, readSync, realpathSync } from "node:fs";
import { openIfRegular, parseRecord, type HistoryRecord } from "@samocode/core/store";

/** What is new in a history. */
interface NewRecords {
  /** True if the file is another one than before: all that was read of it counts no more. */
  readonly isOther: boolean;
  readonly records: readonly HistoryRecord[];
}

/** Reads a history from its start, and later what was appended. */
export interface HistoryReader {
  /** Gives at most about 1 MiB of records at once; none if there is nothing new. */
  readonly read: () => NewRecords;
  /** Tells the file apart from one that takes its place; 0 if there is none. */
  readonly file: () => number;
}

const chunkBytes = 1024 * 1024;
const newline = 0x0a;

/** Makes a reader of the history at a path. Nothing is read yet; no file is an empty one. */
export function createHistoryReader(path: string): HistoryReader {
  let offset = 0;
  let file = 0;
  return {
    file: () => file,
    read() {
      const opened = openIfRegular(resolveLink(path));
      if (opened === undefined) {
        const isOther = offset > 0;
        [offset, file] = [0, 0];
        return { isOther, records: [] };
      }
      try {
        const { size, ino } = fstatSync(opened);
        const isOther = offset > 0 && (ino !== file || size < offset);
        if (isOther) offset = 0;
        file = ino;
        const bytes = readLines(opened, offset);
        offset += bytes.length;
        const records = bytes
          .toString("utf8")
          .split("\n")
          .map(parseRecord)
          .filter((record) => record !== undefined);
        return { isOther, records };
      } finally {
        closeSync(opened);
      }
    },
  };
}

function resolveLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whole lines only: one that is still being written comes with a later call. */
function readLines(file: number, offset: number): Buffer {
  for (let length = chunkBytes; ; length *= 2) {
    const bytes = Buffer.allocUnsafe(length);
    const read = bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    const end = read.lastIndexOf(newline) + 1;
    if (end > 0 || read.length < length) return read.subarray(0, end);
  }
}
