import { existsSync } from "node:fs";
import { decodeOverview, OverviewError } from "../overview/overview.ts";
import { FileKindError, readRegularFile } from "./regular-file.ts";
import { explainSystemCode } from "./system-code.ts";

/**
 * Reads the overview at `file`. One that is missing while its folder is there counts as one that cannot be read, like
 * half a text: an editor puts it aside for a moment.
 *
 * @throws {OverviewError} When it is missing, is no text file, or `parse` refuses it; the message has its path.
 * @throws the error of the file system if the folder is gone, or the file cannot be opened.
 */
export function readOverviewFile<Value>(
  folder: string,
  file: string,
  parse: (text: string) => Value,
): Value {
  try {
    return parse(decodeOverview(readRegularFile(file)));
  } catch (error) {
    if (error instanceof OverviewError) throw error.inFile(file);
    if (error instanceof FileKindError) {
      const found = explainSystemCode(error.code).replace(/(?:;|, expected) .*$/, "");
      throw new OverviewError({ found, expected: "a text file", file });
    }
    if (!isMissing(error) || !existsSync(folder)) throw error;
    throw new OverviewError({ found: "no file", expected: "the overview of the session", file });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
