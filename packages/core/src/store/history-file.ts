import { closeSync, fstatSync, readSync } from "node:fs";
import { readLine, type HistoryLine, type HistoryRecord } from "../history/history.ts";
import type { HistoryTail } from "../history/history-tail.ts";
import { openRegularFile } from "./regular-file.ts";

const blockBytes = 64 * 1024;
const newline = 0x0a;

/** Reads the end of a history file, block by block from its end until the newest state is found. */
export function readHistoryTail(path: string): HistoryTail {
  const file = openRegularFile(path);
  try {
    const readBlock = (from: number, length: number): Buffer => {
      const block = Buffer.allocUnsafe(length);
      return block.subarray(0, readSync(file, block, 0, length, from));
    };
    return scanTail(fstatSync(file).size, readBlock);
  } finally {
    closeSync(file);
  }
}

/**
 * Finds the end of a history of `size` bytes. Each byte is read at most once, and a record is parsed only if it is the
 * newest one or may tell a state: a long history that another program wrote tells none.
 *
 * @param readBlock Gives `length` bytes from the byte `from` on.
 * @param read Reads a line.
 */
export function scanTail(
  size: number,
  readBlock: (from: number, length: number) => Buffer,
  read: (line: string) => HistoryLine = readLine,
): HistoryTail {
  let last: HistoryRecord | undefined;
  let state: HistoryRecord | undefined;
  let ended: HistoryRecord | undefined;
  let unknown: string | undefined;
  const take = (line: Buffer): void => {
    if ((last !== undefined && !mayTell(line)) || !line.includes("{")) return;
    const { record, unknown: word } = read(line.toString("utf8"));
    // A record that a newer version wrote is not skipped: the session would continue from its past.
    if (state === undefined) unknown ??= word;
    if (record === undefined) return;
    last ??= record;
    if (record.memory !== undefined && record.to !== undefined) state ??= record;
    if (/^(?:signal|agent)\./.test(record.event ?? "")) ended ??= record;
  };
  const isFound = (): boolean => state !== undefined;
  const isEnough = (): boolean => state !== undefined && ended !== undefined;

  let torn = false;
  /** The parts of a line that begins in an earlier block, the last part first. */
  let parts: Buffer[] = [];
  for (let from = size; from > 0 && !isFound();) {
    const length = Math.min(blockBytes, from);
    from -= length;
    const block = readBlock(from, length);
    if (from + length === size) torn = block.at(-1) !== newline;
    let end = block.length;
    let isSearched = false;
    while (end > 0 && !isEnough()) {
      const at = block.lastIndexOf(newline, end - 1);
      if (at === -1) break;
      take(joinParts(block.subarray(at + 1, end), parts));
      parts = [];
      end = at;
      // Most often none of the lines between the first and the last one of the block is of interest.
      if (last === undefined || isSearched) continue;
      isSearched = true;
      const first = block.indexOf(newline);
      if (!mayTell(block.subarray(first, end))) end = first;
    }
    parts.push(block.subarray(0, end));
    if (from === 0 && !isEnough()) take(joinParts(Buffer.alloc(0), parts));
  }
  return { last, state, ended, ...(unknown !== undefined && { unknown }), torn };
}

/** Whether there may be a record with an event or a state in it: looked for before anything is parsed. */
function mayTell(text: Buffer): boolean {
  return text.includes('"event"') || text.includes('"memory"');
}

function joinParts(first: Buffer, parts: readonly Buffer[]): Buffer {
  return parts.length === 0 ? first : Buffer.concat([first, ...parts.toReversed()]);
}

/** The bytes of a file from a place on; none if it is shorter. */
export function readBytesFrom(path: string, offset: number): Buffer {
  const file = openRegularFile(path);
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(file);
  }
}
