import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { openRegularFile } from "./regular-file.ts";

/** The path that a symbolic link at `path` leads to, or `path` itself where nothing is there yet. */
export function resolveLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The first bytes of a file: all of them, where it has no more. */
export function readStart(path: string, maxBytes: number): Buffer {
  const file = openRegularFile(path);
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, maxBytes));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Writes a file whole and waits until the disk has it. Keeps the mode of `like`, where that exists. */
export function writeSynced(path: string, text: string, like?: string): void {
  const mode = like === undefined ? undefined : statSync(like, { throwIfNoEntry: false })?.mode;
  const file = openSync(path, "w", mode === undefined ? 0o666 : mode & 0o7777);
  try {
    writeAll(file, Buffer.from(text));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts a file in the place of another, atomically, and waits until the disk knows it. */
export function renameSynced(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/**
 * Replaces a file by a new text: a reader sees the old one or the new one, never a part. A crash can leave
 * the draft beside it.
 */
export function replaceFile(path: string, text: string): void {
  const target = resolveLink(path);
  const draft = draftBeside(target);
  try {
    writeSynced(draft, text, target);
    renameSynced(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes the draft that a crash has left of {@link replaceFile}. */
export function removeDraft(path: string): void {
  rmSync(draftBeside(resolveLink(path)), { force: true });
}

function draftBeside(path: string): string {
  return `${path}.draft`;
}

/**
 * Appends a whole line and waits until the disk has it. A line that a crash left torn is ended first;
 * a line that could not be written whole (disk full) is taken back.
 */
export function appendLine(path: string, line: string): void {
  const isNew = statSync(path, { throwIfNoEntry: false }) === undefined;
  const file = openSync(path, "a+");
  const { size } = fstatSync(file);
  try {
    writeAll(file, Buffer.from(isTorn(file, size) ? `\n${line}` : line));
    fsyncSync(file);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

/** Waits until the disk knows which files a folder has. */
export function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function isTorn(file: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function writeAll(file: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}
