import { withoutSequences } from "@samocode/core/overview";
import { maskSecrets } from "@samocode/core/overview";

/**
 * The lines that a person would see of a program's output: without escape sequences and control
 * characters, and of a line that was written over, what was written last.
 *
 * @example
 * plainLines("\u001B[32m1/2\r2/2 passed\u001B[39m\n"); // ["2/2 passed", ""]
 */
export function plainLines(output: string): string[] {
  return withoutSequences(output)
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r") + 1).replaceAll(/[^\P{Cc}\t]/gu, ""));
}

/** Characters that show nothing, or that turn the direction of writing. */
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Surrogate}/gu;

/**
 * The last whole lines of a program's output that fit into `maxLength` characters, printable and
 * without secrets; of a last line that is longer, its end.
 *
 * @example
 * formatTail("one\ntwo\nthree\n", 9); // "two\nthree"
 */
export function formatTail(output: string, maxLength: number): string {
  const text = maskSecrets(plainLines(output).join("\n")).replaceAll(invisible, "").trimEnd();
  if (text.length <= maxLength) return text.replace(/^\s*\n/, "");
  const end = text.slice(-maxLength);
  const startsLine = text.at(-maxLength - 1) === "\n";
  const newline = end.indexOf("\n");
  return startsLine || newline === -1 ? end : end.slice(newline + 1);
}
