import type { PlacedText, Rectangle } from "../../src/chart/chart-layout.ts";
import type { SketchLine } from "./chart-sketch.ts";
import { textLength } from "./text-length.ts";

const small = { size: 11, line: 15, margin: 6 };
const label = { size: 13, iconRoom: 38 };
const rowMargin = 14;

/** The room that the name of a state needs, with its picture where it has one. */
export function widthOfLabel(text: string, hasIcon: boolean): number {
  const room = hasIcon ? label.iconRoom + rowMargin : 2 * rowMargin;
  return Math.ceil(textLength(text, label.size, "bold")) + room;
}

/** The name of a state: at the left, beside its picture where it has one, or in the middle. */
export function placeLabel(
  text: string,
  box: Rectangle,
  y: number,
  hasIcon: boolean | undefined,
): PlacedText {
  const length = textLength(text, label.size, "bold");
  const middle = Math.round(box.x + (box.width - length) / 2);
  const left = box.x + (hasIcon === true ? label.iconRoom : rowMargin);
  return { text, x: hasIcon === undefined ? middle : left, y, length };
}

/** The room that rows in the box of a state need. */
export function sizeOfRows(rows: readonly SketchLine[]): { width: number; height: number } {
  return { width: widthOf(rows) + 2 * rowMargin, height: rows.length * small.line };
}

/** Rows in the box of a state, one under the other. */
export function placeRows(
  rows: readonly SketchLine[],
  box: Rectangle,
  top: number,
): readonly PlacedText[] {
  return rows.map((row, index) => placeLine(row, box.x + rowMargin, top + 11 + index * small.line));
}

/** The room that the words on an arrow need. */
export function sizeOfWords(lines: readonly SketchLine[]): { width: number; height: number } {
  return { width: widthOf(lines) + 2 * small.margin, height: lines.length * small.line + 4 };
}

/** The words on an arrow, in the middle of the room for them. */
export function placeWords(lines: readonly SketchLine[], box: Rectangle): readonly PlacedText[] {
  return lines.map((line, index) => {
    const spare = box.width - textLength(line.text, small.size, "regular");
    const x = Math.round(2 * box.x + spare) / 2;
    return placeLine(line, x, box.y + 13 + index * small.line);
  });
}

function placeLine({ text, edge }: SketchLine, x: number, y: number): PlacedText {
  const length = textLength(text, small.size, "regular");
  return { text, x, y, length, ...(edge && { edge }) };
}

function widthOf(lines: readonly SketchLine[]): number {
  return Math.ceil(
    Math.max(0, ...lines.map(({ text }) => textLength(text, small.size, "regular"))),
  );
}
