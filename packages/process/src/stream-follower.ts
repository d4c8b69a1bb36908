import { closeSync, fstatSync, readSync } from "node:fs";
import { openRegularFile } from "@samocode/core/store";

export interface StreamFollowerOptions {
  /**
   * Where to start reading, in bytes.
   * @default 0
   */
  readonly offset?: number;
  /**
   * A longer line is passed over and counted in `overlong`; it would have to be held in memory.
   * @default 4 MiB
   */
  readonly maxLineBytes?: number;
  /**
   * A line of more than 64 KiB is given only if it holds these bytes; the others are not made text of.
   * @default every line is given
   */
  readonly largeLinesWith?: string;
}

/** Reads the lines of a file that grows. Its memory does not depend on the size of the file. */
export interface StreamFollower {
  /**
   * Reads on, at most 256 KiB, and gives the lines that are complete now to `onLine`.
   *
   * @returns how many bytes were read; 0 if there is nothing new
   */
  read(): number;
  /**
   * Reads what the file holds now, and then the last line even if it has no end; not more if the
   * file grows meanwhile. If more than `maxBytes` are unread, only about the last `maxBytes` are read.
   */
  drain(maxBytes: number): void;
  /** How far it has read, in bytes. */
  readonly offset: number;
  /** Lines passed over. */
  readonly overlong: number;
  close(): void;
}

const newline = 0x0a;
const largeLineBytes = 64 * 1024;
/** What is read at once. Nothing of it is kept from one read to the next, so all followers share it. */
const chunk = Buffer.allocUnsafe(256 * 1024);

/**
 * Opens a file to follow its lines. They are split as bytes, so that no character is ever cut, and
 * come without their line break.
 *
 * It watches nothing by itself: `read()` again after a while. (One read at the end of a file costs
 * some microseconds; watches run out, and are blind on network file systems.)
 *
 * @throws the error of the file system when the file cannot be opened
 * @example
 * const follower = openStreamFollower("log.jsonl", (line) => console.log(line));
 * while (follower.read() > 0);
 * follower.close();
 */
export function openStreamFollower(
  path: string,
  onLine: (line: string) => void,
  options: StreamFollowerOptions = {},
): StreamFollower {
  const { maxLineBytes = 4 * 1024 * 1024, largeLinesWith = "" } = options;
  const file = openRegularFile(path);
  let offset = options.offset ?? 0;
  // The start of a line whose end was not read yet; the same memory serves one line after the other.
  let held = Buffer.allocUnsafe(64 * 1024);
  let heldBytes = 0;
  let isPassedOver = false;
  let overlong = 0;

  function hold(piece: Buffer): void {
    if (isPassedOver) return;
    const bytes = heldBytes + piece.length;
    if (bytes > maxLineBytes) {
      overlong += 1;
      isPassedOver = true;
      return;
    }
    if (bytes > held.length) {
      const larger = Buffer.allocUnsafe(Math.min(2 * bytes, maxLineBytes));
      held.copy(larger, 0, 0, heldBytes);
      held = larger;
    }
    piece.copy(held, heldBytes);
    heldBytes = bytes;
  }

  function endLine(piece: Buffer): void {
    const isWhole = heldBytes === 0 && !isPassedOver && piece.length <= maxLineBytes;
    if (!isWhole) hold(piece);
    const line = isWhole ? piece : held.subarray(0, heldBytes);
    const isGiven =
      !isPassedOver && (line.length <= largeLineBytes || line.includes(largeLinesWith));
    heldBytes = 0;
    isPassedOver = false;
    if (isGiven) onLine(line.toString("utf8"));
  }

  function read(maxBytes = chunk.length): number {
    const length = readSync(file, chunk, 0, Math.min(maxBytes, chunk.length), offset);
    offset += length;
    let start = 0;
    for (;;) {
      const end = chunk.subarray(0, length).indexOf(newline, start);
      if (end === -1) break;
      endLine(chunk.subarray(start, end));
      start = end + 1;
    }
    hold(chunk.subarray(start, length));
    return length;
  }

  function drain(maxBytes: number): void {
    const end = fstatSync(file).size;
    if (end - offset > maxBytes) {
      offset = end - maxBytes;
      heldBytes = 0;
      // Most likely in the middle of a line.
      isPassedOver = true;
    }
    while (offset < end && read(end - offset) > 0);
    if (heldBytes > 0) endLine(Buffer.alloc(0));
  }

  return {
    read: () => read(),
    drain,
    get offset() {
      return offset;
    },
    get overlong() {
      return overlong;
    },
    close: () => {
      closeSync(file);
    },
  };
}
