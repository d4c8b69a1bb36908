import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { openRegularFile } from "@samocode/core/store";

/** The size of a file in bytes; 0 if it is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** When a file was last written, Unix time in ms; now if it is not there. */
export function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

/**
 * Makes an empty file, and its folder, if nothing is there. A link that leads nowhere is left alone.
 *
 * @returns whether it has made one
 */
export function createMissingFile(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    closeSync(openSync(path, "wx", 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
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
