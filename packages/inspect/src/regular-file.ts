import { closeSync, constants, fstatSync, openSync } from "node:fs";

/**
 * Opens a file to read it; nothing where there is none, or something else, such as a link, or a pipe: to open that
 * would wait for ever.
 *
 * @throws the error of the file system when it is there and cannot be opened
 */
export function openRegular(path: string): number | undefined {
  // Windows knows no such flags.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  return undefined;
}

/** True for the error of a file that is not there, or no file to be opened. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["ENOENT", "ENOTDIR", "ELOOP", "ENXIO"].includes(String(error.code))
  );
}
