import {
  closeSync,
  fstatSync,
  lstatSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { join, sep } from "node:path";
import { printableLines } from "@samocode/core/overview";
import { openIfRegular, sessionFiles } from "@samocode/core/store";

/** A file of a session that the page may show. */
export interface SessionFile {
  /** Path in the session folder; the page asks for a file by this name, and for no other. */
  readonly name: string;
  readonly bytes: number;
  /** Unix time in ms. */
  readonly changedAt: number;
}

/** What a file says, as far as it is shown. */
export interface FileContent {
  readonly file: SessionFile;
  /** True if the file goes on. */
  readonly isCut: boolean;
  /** Absent if it is no text. */
  readonly text?: string;
}

/** How many files are listed. */
const maxFiles = 2000;

/** How much of a file is read, in bytes. */
const maxBytes = 512 * 1024;

/**
 * Lists the files that a session is made of, logs left out: regular files, in the session folder itself and in
 * `_late`. A link is listed only where it leads to a file in the session folder.
 */
export function listSessionFiles(folder: string): readonly SessionFile[] {
  const root = realpathSync(folder);
  return ["", sessionFiles.late]
    .flatMap((inside) => namesIn(root, inside))
    .slice(0, maxFiles)
    .flatMap((name) => {
      const path = findInside(root, name);
      const stats = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
      if (stats === undefined || !stats.isFile()) return [];
      return [{ name, bytes: stats.size, changedAt: Math.round(stats.mtimeMs) }];
    });
}

/**
 * Reads a file of a session; nothing if the session has no such file. The name is looked for in the list of
 * files: no path is made of what a request says.
 */
export function readSessionFile(folder: string, name: string): FileContent | undefined {
  const found = listSessionFiles(folder).find((each) => printableLines(each.name) === name);
  const path = found === undefined ? undefined : findInside(realpathSync(folder), found.name);
  const file = path === undefined ? undefined : openIfRegular(path);
  if (found === undefined || file === undefined) return undefined;
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, maxBytes));
    const read = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    const isText = !read.includes(0);
    const isCut = fstatSync(file).size > read.length;
    return { file: found, isCut, ...(isText && { text: read.toString("utf8") }) };
  } finally {
    closeSync(file);
  }
}

/** The path of a log in `_logs`, as a record names it; nothing if the session has no such log. */
export function findLog(folder: string, name: string): string | undefined {
  const root = realpathSync(folder);
  const found = namesIn(root, sessionFiles.logs).find((each) => each === name);
  return found === undefined ? undefined : findInside(root, found);
}

function namesIn(root: string, inside: string): readonly string[] {
  try {
    if (inside !== "" && !lstatSync(join(root, inside)).isDirectory()) return [];
    return readdirSync(join(root, inside))
      .filter((name) => !name.startsWith("."))
      .map((name) => join(inside, name))
      .toSorted();
  } catch {
    return [];
  }
}

/** The real path of a file, where it lies in the session folder. */
function findInside(root: string, name: string): string | undefined {
  try {
    const path = realpathSync(join(root, name));
    return path.startsWith(root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}
