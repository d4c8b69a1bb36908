import { wrapAnsi } from "fast-wrap-ansi";

/** Lines that are read are at most this wide. */
const maxColumns = 120;

/** The least room for words, however narrow the terminal is. */
const minColumns = 20;

/**
 * One line as the rows of a terminal of so many columns: `first` stands before the first row, `indent` blanks
 * before the others.
 *
 * @param columns Without a limit the line stays one row.
 */
export function wrapLine(
  text: string,
  columns: number,
  first = "",
  indent = first.length,
): readonly string[] {
  if (!Number.isFinite(columns)) return [`${first}${text}`];
  const width = Math.min(maxColumns, columns - 1) - indent;
  const [head = "", ...rest] = wrapAnsi(text, Math.max(minColumns, width)).split("\n");
  return [`${first}${head}`, ...rest.map((row) => `${" ".repeat(indent)}${row}`)];
}

/** A text of several lines, each wrapped so that it hangs below its own beginning. */
export function wrapText(text: string, columns: number): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const [blanks = ""] = /^ */.exec(line) ?? [];
    return wrapLine(line.trimStart(), columns, blanks, blanks.length + 2);
  });
}

/** The columns of stdout, where it is a terminal; else a line is as long as it is. */
export function stdoutColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}
