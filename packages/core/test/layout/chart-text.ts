import type { PlacedText, Rectangle } from "../../src/chart-layout.ts";
import { textLength } from "./text-length.ts";

const word = { size: 11, line: 15, margin: 6 };
const label = { size: 13, iconRoom: 38 };

/** How far the name of a state goes. */
export function labelLength(text: string): number {
  return textLength(text, label.size, "bold");
}

/** The name of a state: beside its picture at the left, or in the middle. */
export function placeLabel(text: string, box: Rectangle, y: number, hasIcon: boolean): PlacedText {
  const length = labelLength(text);
  const x = hasIcon ? box.x + label.iconRoom : Math.round(box.x + (box.width - length) / 2);
  return { text, x, y, length };
}

/** The room that the words on an arrow need. */
export function sizeOfWords(words: readonly string[]): { width: number; height: number } {
  const length = textLength(linesOf(words).join(), word.size, "regular");
  return { width: Math.ceil(length + 2 * word.margin), height: word.line + 4 };
}

/** The words on an arrow, in the middle of the room for them. */
export function placeWords(words: readonly string[], box: Rectangle): readonly PlacedText[] {
  return linesOf(words).map((text, index) => {
    const length = textLength(text, word.size, "regular");
    const x = Math.round(2 * (box.x + (box.width - length) / 2)) / 2;
    return { text, x, y: box.y + 13 + index * word.line, length };
  });
}

function linesOf(words: readonly string[]): readonly string[] {
  return [words.join(", ")];
}
