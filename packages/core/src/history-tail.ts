import { closeSync, fstatSync, readSync } from "node:fs";
import { parseRecord, type HistoryRecord } from "./history.ts";
import { openRegularFile } from "./regular-file.ts";

/** The end of a history: all that is needed to go on, however long the history is. */
export interface HistoryTail {
  /** The newest record, whoever wrote it. */
  readonly last?: HistoryRecord | undefined;
  /** The newest record that tells a state of the machine. */
  readonly state?: HistoryRecord | undefined;
  /** The newest record of the end of an iteration, where it is not long past. */
  readonly ended?: HistoryRecord | undefined;
  /** True where the last line is torn. */
  readonly torn: boolean;
}

const chunkBytes = 64 * 1024;

/** Reads the end of a history file, block by block from its end until the newest state is found. */
export function readHistoryTail(path: string): HistoryTail {
  const file = openRegularFile(path, { followLinks: true });
  try {
    let from = fstatSync(file).size;
    let bytes = Buffer.alloc(0);
    for (;;) {
      const size = Math.min(chunkBytes, from);
      const chunk = Buffer.allocUnsafe(size);
      const read = readSync(file, chunk, 0, size, from - size);
      from -= size;
      bytes = Buffer.concat([chunk.subarray(0, read), bytes]);
      const tail = parseTail(bytes, from === 0);
      if (tail.state !== undefined || from === 0) return tail;
    }
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file from a place on; none where it is shorter. */
export function readBytesFrom(path: string, offset: number): Buffer {
  const file = openRegularFile(path, { followLinks: true });
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(file);
  }
}

function parseTail(bytes: Buffer, isWhole: boolean): HistoryTail {
  const text = bytes.toString("utf8");
  const torn = text !== "" && !text.endsWith("\n");
  const lines = text.split("\n").slice(isWhole ? 0 : 1);
  let last: HistoryRecord | undefined;
  let state: HistoryRecord | undefined;
  let ended: HistoryRecord | undefined;
  for (const line of lines.toReversed()) {
    if (line.trim() === "") continue;
    const record = parseRecord(line);
    if (record === undefined) continue;
    last ??= record;
    if (record.memory !== undefined && record.to !== undefined) state ??= record;
    if (/^(?:signal|agent)\./.test(record.event ?? "")) ended ??= record;
    if (state !== undefined && ended !== undefined) break;
  }
  return { last, state, ended, torn };
}
