import { textWidth } from "./text-width.ts";
import { stripVTControlCharacters } from "node:util";

/** A terminal, or something else that text can be written to. */
export interface TextOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** A few lines at the bottom of a terminal that are drawn anew in their place, and lines above them that stay. */
export interface LiveBlock {
  /** Draws these lines, one row each. Nothing is written where nothing has changed. */
  readonly draw: (lines: readonly string[]) => void;
  /** Prints lines above the block. */
  readonly print: (lines: readonly string[]) => void;
  /** Takes the block away. */
  readonly clear: () => void;
}

// All at once where the terminal knows how (2026), and without the cursor.
const begin = "\u001B[?2026h\u001B[?25l";
const end = "\u001B[?25h\u001B[?2026l";
// The block is cut at the margin instead of wrapped: a character that the terminal holds for wider than we do must not
// shift it. What stays is wrapped by the terminal, so that nothing of a path is lost, and it can be copied whole.
const cut = "\u001B[?7l";
const wrap = "\u001B[?7h";
const eraseRest = "\u001B[K";
const eraseBelow = "\u001B[J";

/** Makes a live block on a terminal. The cursor stays below it. */
export function createLiveBlock(output: TextOutput): LiveBlock {
  let shown: readonly string[] = [];
  let shownColumns = 0;

  /** To where the block begins. A terminal that has become narrower shows its lines in more rows. */
  const toTop = (): string => {
    const columns = output.columns ?? 80;
    const rows = shown.reduce((sum, line) => {
      const width = textWidth(stripVTControlCharacters(line));
      return sum + (columns < shownColumns ? Math.max(1, Math.ceil(width / columns)) : 1);
    }, 0);
    return rows === 0 ? "\r" : `\r\u001B[${rows}A`;
  };
  const write = (above: readonly string[], lines: readonly string[]): void => {
    const stays = above.map((line) => `${line}\n`).join("");
    const rows = lines.map((line) => `${line}${eraseRest}\n`).join("");
    const top = above.length === 0 ? toTop() : `${toTop()}${eraseBelow}${stays}`;
    output.write(`${begin}${top}${cut}${rows}${wrap}${eraseBelow}${end}`);
    shown = lines;
    shownColumns = output.columns ?? 80;
  };

  return {
    draw(lines) {
      const isSame = shown.length === lines.length && shown.every((line, at) => line === lines[at]);
      if (!isSame || shownColumns !== (output.columns ?? 80)) write([], lines);
    },
    print: (lines) => write(lines, shown),
    clear: () => {
      if (shown.length > 0) write([], []);
    },
  };
}
