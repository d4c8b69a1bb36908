import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { openOwnFile } from "./own-file.ts";
import { FileKindError, openRegularFile, readRegularFile } from "./regular-file.ts";

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

/** Writes a file whole and waits until the disk has it. Keeps the mode of `like`, if that exists. */
export function writeSynced(path: string, text: string | Buffer, like?: string): void {
  const found = like === undefined ? undefined : lstatSync(like, { throwIfNoEntry: false });
  const file = openOwnFile(path, found?.isFile() === true ? { mode: found.mode & 0o7777 } : {});
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
 * the draft beside it. A link at `path` is replaced as well; where it leads to is not written to.
 */
export function replaceFile(path: string, text: string | Buffer): void {
  const draft = draftBeside(path);
  try {
    writeSynced(draft, text, path);
    renameSynced(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Removes the draft that a crash has left of {@link replaceFile}. */
export function removeDraft(path: string): void {
  rmSync(draftBeside(path), { recursive: true, force: true });
}

function draftBeside(path: string): string {
  return `${path}.draft`;
}

/**
 * Opens a file to append to it, without losing what is in it.
 *
 * @throws {FileKindError} If it is a link, a pipe or a folder.
 */
function openToAppend(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw new FileKindError(found.isDirectory() ? "EISDIR" : "EFTYPE", path);
  }
  // It has another name somewhere: what is there stays as it is.
  if (found !== undefined && found.nlink > 1) {
    replaceFile(path, readRegularFile(path, { maxBytes: found.size }));
  }
  // Windows has no such flags.
  const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  return openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | careful);
}

/**
 * Appends a whole line and waits until the disk has it. A line that a crash left torn is ended first;
 * a line that could not be written whole (disk full) is taken back.
 */
export function appendLine(path: string, line: string): void {
  const isNew = statSync(path, { throwIfNoEntry: false }) === undefined;
  const file = openToAppend(path);
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
