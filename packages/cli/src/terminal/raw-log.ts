import { closeSync, readSync } from "node:fs";
import { printableLines } from "@samocode/core/overview";
import { openRegularFile } from "@samocode/core/store";
import { sizeOf } from "@samocode/process";
import { waitForRoom } from "./stdout-room.ts";

/** Copies a log to stdout, byte for byte; a terminal gets it without its control characters. */
export interface RawLog {
  /** Copies what is there now, as fast as it is read. */
  readonly copy: (cancel: AbortSignal) => Promise<void>;
  /** Goes on to copy it as it grows, until it is ended. */
  readonly follow: () => void;
  /** Copies the rest, and stops. */
  readonly end: () => void;
}

/** How often a log that grows is copied, in ms. */
const copyMs = 200;

const chunkBytes = 256 * 1024;

/** Makes what copies a log. */
export function createRawLog(path: string): RawLog {
  const decoder = new TextDecoder();
  let offset = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Copies the next chunk, and says whether there was any. */
  const copyNext = (): boolean => {
    if (sizeOf(path) <= offset) return false;
    const file = openRegularFile(path);
    try {
      const bytes = Buffer.alloc(chunkBytes);
      const length = readSync(file, bytes, 0, chunkBytes, offset);
      offset += length;
      const read = bytes.subarray(0, length);
      const { stdout } = process;
      stdout.write(stdout.isTTY ? printableLines(decoder.decode(read, { stream: true })) : read);
      return length > 0;
    } finally {
      closeSync(file);
    }
  };
  const copyAll = (): void => {
    while (process.stdout.writable && copyNext());
  };

  return {
    async copy(cancel) {
      while (!cancel.aborted && (await waitForRoom()) && copyNext());
    },
    follow() {
      timer ??= setInterval(() => {
        // Who reads slowly gets it slowly: nothing piles up.
        if (!process.stdout.writableNeedDrain) copyAll();
      }, copyMs);
    },
    end() {
      clearInterval(timer);
      copyAll();
    },
  };
}
