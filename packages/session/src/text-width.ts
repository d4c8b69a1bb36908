import getTruncatedWidth from "fast-string-truncated-width";

/** The columns that a text without line breaks takes on a terminal: emoji and CJK take two. */
export function textWidth(text: string): number {
  // Most texts are plain, and the tables of all other characters cost time to be made.
  if (/^[ -~]*$/.test(text)) return text.length;
  return getTruncatedWidth(text).width;
}

/**
 * The text, cut to at most `width` columns with `…` at the end; no character is cut in its middle.
 * The text must have no escape sequences in it.
 *
 * @example
 * cutToWidth("日本語のテキスト", 8); // "日本語…"
 */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let cut = "";
  for (const { segment } of graphemes.segment(text)) {
    if (textWidth(`${cut}${segment}…`) > width) return width < 1 ? "" : `${cut}…`;
    cut += segment;
  }
  return cut;
}

/** The text with blanks behind it up to `width` columns; a longer one is left as it is. */
export function padToWidth(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}
