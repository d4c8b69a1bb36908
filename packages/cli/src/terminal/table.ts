import { cutToWidth, textWidth } from "@samocode/session";

/** One column of a table. */
export interface Column {
  readonly title: string;
  /** Figures stand at the right. @default false */
  readonly isFigure?: boolean;
  /** Whether it may be cut where the table is too wide, and how much of it is left at least. @default it is never cut */
  readonly leastWidth?: number;
}

/** A cell: its text, and how it is painted once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const gap = "  ";

/**
 * A table of one row a line. If it is wider than `columns`, the widest of the columns that may be cut gives way,
 * again and again.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  maxWidth: number,
): readonly string[] {
  const head = columns.map(({ title }) => ({ text: title }));
  const widths = columns.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => textWidth(row[at]?.text ?? ""))),
  );
  shrink(widths, columns, maxWidth - gap.length * (columns.length - 1));
  return [head, ...rows].map((row: readonly Cell[]) =>
    columns
      .map(({ isFigure = false }, at) => {
        const { text, paint = String } = row[at] ?? { text: "" };
        const width = widths[at] ?? 0;
        const cut = cutToWidth(text, width);
        const blanks = " ".repeat(width - textWidth(cut));
        return isFigure ? `${blanks}${paint(cut)}` : `${paint(cut)}${blanks}`;
      })
      .join(gap)
      .trimEnd(),
  );
}

function shrink(widths: number[], columns: readonly Column[], room: number): void {
  for (let over = sum(widths) - room; over > 0; over--) {
    const slack = columns.map(({ leastWidth = Number.POSITIVE_INFINITY }, at) => {
      const width = widths[at] ?? 0;
      return width > leastWidth ? width : 0;
    });
    const widest = Math.max(...slack);
    if (widest === 0) return;
    const at = slack.indexOf(widest);
    widths[at] = widest - 1;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
