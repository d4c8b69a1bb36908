import { type Colors, textWidth } from "@samocode/session";
import type { EditedText } from "./line-editor.ts";

/** Where a prompt is shown. */
export interface PromptView {
  readonly columns: number;
  readonly rows: number;
  readonly color: Colors;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * A text that is being written, with its cursor, in rows of at most `columns`; of more rows than there is room for,
 * those around the cursor.
 */
export function formatEditedText(
  { text, cursor }: EditedText,
  { columns, rows, color }: PromptView,
): readonly string[] {
  const paint = color.isColorSupported ? color.inverse : () => "█";
  const lines: string[] = [""];
  let width = 0;
  let cursorRow = 0;
  const put = (segment: string, painted: string): void => {
    const wide = textWidth(segment);
    if (width + wide > columns) {
      lines.push("");
      width = 0;
    }
    width += wide;
    lines.push(`${lines.pop() ?? ""}${painted}`);
  };
  for (const { segment, index } of graphemes.segment(`${text}\n`)) {
    const isBreak = segment === "\n";
    if (index === cursor) {
      put(isBreak ? " " : segment, paint(isBreak ? " " : segment));
      cursorRow = lines.length - 1;
    } else if (!isBreak) put(segment, segment);
    if (isBreak && index < text.length) {
      lines.push("");
      width = 0;
    }
  }
  const first = Math.max(0, cursorRow - rows + 1);
  return lines.slice(first, first + rows);
}
