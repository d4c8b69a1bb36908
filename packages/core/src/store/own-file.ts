import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";

/** How a file of the runner's own is opened to be written. */
export interface OwnFileOptions {
  /** Write behind what is there, instead of in its place. @default false */
  readonly append?: boolean;
  /** Of a file that is new. @default 0o666, less the umask */
  readonly mode?: number;
}

// Windows has no such flags.
const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for writing in a folder that others may write. What has its name and is not a file with that one name
 * alone (a link, a hard link, a pipe, a folder) is removed first: nothing elsewhere is written to.
 *
 * @throws the error of the file system if it cannot be opened.
 * @example
 * openOwnFile(`${folder}/log.txt`, { append: true }) > 2; // true
 */
export function openOwnFile(path: string, options: OwnFileOptions = {}): number {
  const { append = false, mode = 0o666 } = options;
  const flags = constants.O_RDWR | constants.O_CREAT | careful | (append ? constants.O_APPEND : 0);
  const file = openIfPlain(path, flags, mode);
  if (file === undefined) {
    rmSync(path, { recursive: true, force: true });
    return openSync(path, flags | constants.O_EXCL, mode);
  }
  if (!append) ftruncateSync(file);
  return file;
}

/**
 * Writes a file of the runner's own, as {@link openOwnFile} opens it.
 *
 * @example
 * writeOwnFile(`${folder}/prompt.md`, "text", { mode: 0o600 });
 */
export function writeOwnFile(path: string, text: string, options: OwnFileOptions = {}): void {
  const file = openOwnFile(path, options);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder unless it is there. A link or a file that has its name is removed: nothing is put elsewhere.
 *
 * @example
 * ensureFolder(`${folder}/logs`);
 */
export function ensureFolder(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return;
  if (stats !== undefined) rmSync(path);
  mkdirSync(path, { recursive: true });
}

/** Opens it, unless something else has its name. */
function openIfPlain(path: string, flags: number, mode: number): number | undefined {
  let file: number;
  try {
    file = openSync(path, flags, mode);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // A link (ELOOP, on FreeBSD EMLINK), a pipe that nobody reads or a socket, a folder.
    if (["ELOOP", "EMLINK", "ENXIO", "EISDIR"].includes(code)) return undefined;
    throw error;
  }
  const stats = fstatSync(file);
  if (stats.isFile() && stats.nlink === 1) return file;
  closeSync(file);
  return undefined;
}
