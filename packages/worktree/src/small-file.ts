import { readIfPresent } from "@samocode/core/store";

/** More than any file has that is read here. */
const maxBytes = 10_000;

/**
 * The text of a small file, without blanks around it; nothing if it is no regular file. What an agent may have put in
 * its place is neither followed, as a link would be, nor waited for, as a pipe would be.
 */
export function readSmallFile(path: string): string | undefined {
  try {
    return readIfPresent(path, { maxBytes })?.toString("utf8").trim();
  } catch {
    return undefined;
  }
}
