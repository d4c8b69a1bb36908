import { stripVTControlCharacters } from "node:util";

/**
 * The lines that a person would see of a program's output: without escape sequences and control
 * characters, and of a line that was written over, what was written last.
 *
 * @example
 * plainLines("\u001B[32m1/2\r2/2 passed\u001B[39m\n"); // ["2/2 passed", ""]
 */
export function plainLines(output: string): string[] {
  return stripVTControlCharacters(output)
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r") + 1).replaceAll(/[^\P{Cc}\t]/gu, ""));
}
