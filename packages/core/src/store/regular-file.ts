import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** How a file is opened that an agent or a human may have replaced by something else. */
export interface RegularFileOptions {
  /** Open the file that a symbolic link leads to. Without it a link is refused. @default false */
  readonly followLinks?: boolean;
}

/** How much is read of a file that an agent or a human may have written. */
export interface ReadOptions extends RegularFileOptions {
  /** A longer file is refused. @default 64 MiB */
  readonly maxBytes?: number;
}

/** Something that cannot be read as a file: a pipe, device, socket, folder or link, or a file that is too long. */
export class FileKindError extends Error {
  override readonly name = "FileKindError";
  /** `EISDIR`: it is a folder; `EFTYPE`: it is no regular file either; `EFBIG`: it is too long. */
  readonly code: "EISDIR" | "EFTYPE" | "EFBIG";
  readonly syscall: "open" | "read";
  readonly path: string;

  constructor(code: FileKindError["code"], path: string) {
    super(`${code}: cannot read \`${path}\`: expected a regular file of reasonable size`);
    this.code = code;
    this.syscall = code === "EFBIG" ? "read" : "open";
    this.path = path;
  }
}

/** Windows has no such flags. */
const neverWaits = constants.O_NONBLOCK ?? 0;
const refusesLinks = constants.O_NOFOLLOW ?? 0;

const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * Opens a regular file for reading. It never waits: opening a pipe would, until someone writes to it.
 *
 * @throws {FileKindError} If something else is there: a pipe, device, socket, folder or link.
 * @throws the error of the file system if nothing is there, or it cannot be opened.
 * @example
 * const file = openRegularFile("/etc/hosts");
 */
export function openRegularFile(path: string, options: RegularFileOptions = {}): number {
  const { followLinks = false } = options;
  const flags = constants.O_RDONLY | neverWaits | (followLinks ? 0 : refusesLinks);
  const file = attemptOpen(path, flags);
  const stats = fstatSync(file);
  if (stats.isFile()) return file;
  closeSync(file);
  throw new FileKindError(stats.isDirectory() ? "EISDIR" : "EFTYPE", path);
}

/**
 * Opens a regular file for reading; nothing if there is none, or something else has its name.
 *
 * @throws the error of the file system if it is there and cannot be opened.
 * @example
 * openIfRegular("/dev/null") === undefined; // true
 */
export function openIfRegular(path: string, options: RegularFileOptions = {}): number | undefined {
  try {
    return openRegularFile(path, options);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR", "EFTYPE"].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/**
 * Reads a regular file whole.
 *
 * @throws {FileKindError} If something else is there, or the file is longer than `maxBytes`.
 * @throws the error of the file system if it is not there or cannot be read.
 * @example
 * readRegularFile("/etc/hosts").length > 0; // true
 */
export function readRegularFile(path: string, options: ReadOptions = {}): Buffer {
  return readOpened(openRegularFile(path, options), path, options);
}

function readOpened(
  file: number,
  path: string,
  { maxBytes = defaultMaxBytes }: ReadOptions,
): Buffer {
  try {
    // The file may grow while it is read, and one of /proc says that it is empty.
    const bytes = readUpTo(file, Math.min(fstatSync(file).size, maxBytes) + 1, maxBytes + 1);
    if (bytes.length > maxBytes) throw new FileKindError("EFBIG", path);
    return bytes;
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a regular file whole; nothing if nothing has its name.
 *
 * @throws as {@link readRegularFile} does, for what is there.
 * @example
 * readIfPresent("/no/such/file") === undefined; // true
 */
export function readIfPresent(path: string, options: ReadOptions = {}): Buffer | undefined {
  try {
    return readRegularFile(path, options);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Reads a regular file whole; nothing if there is none, or something else has its name.
 *
 * @throws {FileKindError} If the file is longer than `maxBytes`.
 * @example
 * readIfRegular("/dev/zero") === undefined; // true
 */
export function readIfRegular(path: string, options: ReadOptions = {}): Buffer | undefined {
  const file = openIfRegular(path, options);
  return file === undefined ? undefined : readOpened(file, path, options);
}

function readUpTo(file: number, firstSize: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (let size = firstSize; total < maxBytes; size = 64 * 1024) {
    const chunk = Buffer.alloc(Math.min(size, maxBytes - total));
    const read = readSync(file, chunk, 0, chunk.length, total);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    total += read;
  }
  return Buffer.concat(chunks, total);
}

function attemptOpen(path: string, flags: number): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    // ELOOP (EMLINK on FreeBSD): a link. ENXIO: a socket, or a device that is not there.
    if (["ELOOP", "EMLINK", "ENXIO"].includes(codeOf(error))) {
      throw new FileKindError("EFTYPE", path);
    }
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
