import { printableText } from "@samocode/core/overview";
import { cutToWidth } from "./text-width.ts";

/**
 * A task in one line, for a list or a heading: its first line with words in it, cut to at most `width` columns.
 *
 * @example
 * taskLine("\nAdd JWT login.\nWith tests.", 80); // "Add JWT login."
 */
export function taskLine(task: string, width: number): string {
  const first = task.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
  return cutToWidth(printableText(first.trim(), 400), width);
}
