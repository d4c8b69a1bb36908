import { closeSync, fstatSync, readSync } from "node:fs";
import { openRegularFile } from "@samocode/core/store";

/**
 * Reads the end of a text file, at most `maxBytes` of it, however long it is.
 *
 * @throws the error of the file system
 * @example
 * readFileEnd("/sessions/x/_logs/tests.txt", 4096);
 */
export function readFileEnd(path: string, maxBytes: number): string {
  const file = openRegularFile(path);
  try {
    const { size } = fstatSync(file);
    const start = Math.max(0, size - maxBytes);
    const bytes = Buffer.alloc(size - start);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, start));
  } finally {
    closeSync(file);
  }
}
