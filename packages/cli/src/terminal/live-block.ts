/** A terminal, or something else that text can be written to. */
export interface TextOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** A few lines at the bottom of a terminal that are drawn again in their place, and lines above them that stay. */
export interface LiveBlock {
  /** Draws these lines, one row each. Nothing is written if nothing has changed. */
  readonly draw: (lines: readonly string[]) => void;
  /** Prints lines above the block. */
  readonly print: (lines: readonly string[]) => void;
  /** Takes the block away. */
  readonly clear: () => void;
}

export interface LiveBlockOptions {
  /** Whether the block draws a cursor of its own, and that of the terminal is hidden meanwhile. @default false */
  readonly hasCursor?: boolean;
}

// All at once where the terminal knows how (2026), and without the cursor.
const begin = "\u001B[?2026h\u001B[?25l";
const showCursor = "\u001B[?25h";
const end = "\u001B[?2026l";
// The block is cut at the margin instead of wrapped: a character that the terminal holds for wider than we do must not
// shift it. What stays is wrapped by the terminal, so that nothing of a path is lost, and it can be copied whole.
const cut = "\u001B[?7l";
const wrap = "\u001B[?7h";
// The whole row: a terminal that has wrapped a row then forgets it, and does not join it with the next one later.
const eraseRow = "\u001B[2K";
const eraseBelow = "\u001B[J";
// Not from the corner of the screen: tmux would put what is erased there into what has scrolled away.
const eraseBlock = `\r${eraseRow}\u001B[C${eraseBelow}\r`;

/**
 * Makes a live block on a terminal. The cursor stays at its beginning: a terminal that changes its size takes the
 * cursor along, whether it wraps its lines again, cuts them or drops some. So the place of the block need not be
 * calculated, and what stands above it is never written over.
 */
export function createLiveBlock(
  output: TextOutput,
  { hasCursor = false }: LiveBlockOptions = {},
): LiveBlock {
  let shown: readonly string[] = [];
  let shownSize = "";

  const size = (): string => `${output.columns ?? 80} ${output.rows ?? 24}`;
  const write = (above: readonly string[], lines: readonly string[]): void => {
    // What has scrolled away can never be erased again.
    const fitting = lines.slice(0, output.rows ?? 24);
    const stays = above.map((line) => `${line}\n`).join("");
    const rows = fitting.map((line) => eraseRow + line).join("\n");
    const back = fitting.length > 1 ? `\r\u001B[${fitting.length - 1}A` : "\r";
    const top = above.length > 0 || fitting.length === 0 ? `${eraseBlock}${stays}` : "\r";
    const drawn = fitting.length === 0 ? "" : `${cut}${rows}${wrap}${eraseBelow}${back}`;
    const cursor = hasCursor && fitting.length > 0 ? "" : showCursor;
    output.write(`${begin}${top}${drawn}${cursor}${end}`);
    shown = lines;
    shownSize = size();
  };

  return {
    draw(lines) {
      const isSame = shown.length === lines.length && shown.every((line, at) => line === lines[at]);
      if (!isSame || shownSize !== size()) write([], lines);
    },
    print: (lines) => write(lines, shown),
    clear: () => {
      if (shown.length > 0) write([], []);
    },
  };
}
