import { closeSync, fstatSync, readSync, statSync } from "node:fs";
import { openRegularFile } from "@samocode/core";

/** The size of a file in bytes; 0 if it is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * The last part of a text file, from `offset` on, at most `maxBytes`; empty if it is not there.
 *
 * @example
 * readTail("agent.stderr", 0, 4096);
 */
export function readTail(path: string, offset: number, maxBytes: number): string {
  let file: number;
  try {
    file = openRegularFile(path);
  } catch {
    return "";
  }
  try {
    const { size } = fstatSync(file);
    const start = Math.max(offset, size - maxBytes);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const length = readSync(file, bytes, 0, bytes.length, start);
    return bytes.toString("utf8", 0, length);
  } finally {
    closeSync(file);
  }
}
