/** A piece of a message, set off in one way at most. */
export interface Span {
  readonly text: string;
  readonly style?: "bold" | "italic" | "code";
  /** True for a piece of a quote, which those beside it are pieces of as well. */
  readonly quoted?: boolean;
}

const tags = {
  bold: ["<b>", "</b>"],
  italic: ["<i>", "</i>"],
  code: ["<code>", "</code>"],
} as const;

/** The length of a message as Telegram counts it: what people see, in UTF-16 code units. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Cuts a message to a length, with `…` where something is left out; never inside of a character that takes two
 * code units.
 */
export function cutSpans(spans: readonly Span[], maxLength: number): readonly Span[] {
  if (lengthOf(spans) <= maxLength) return spans;
  const kept: Span[] = [];
  let left = maxLength;
  for (const span of spans) {
    if (span.text.length < left) kept.push(span);
    else {
      kept.push({ ...span, text: shorten(span.text, left) });
      break;
    }
    left -= span.text.length;
  }
  return kept;
}

/** The text, or its beginning and `…`. */
export function cutText(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : shorten(text, maxLength);
}

function shorten(text: string, length: number): string {
  if (length < 1) return "";
  return `${text.slice(0, endOfCharacters(text, length - 1))}…`;
}

/** The length, or one less if it would split a character of two code units. */
function endOfCharacters(text: string, length: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
}

/**
 * Cuts a message into pieces of at most this length, at the ends of lines if there are some. Nothing is left out
 * but a line break at which it is cut.
 */
export function splitSpans(
  spans: readonly Span[],
  maxLength: number,
): readonly (readonly Span[])[] {
  const pieces: Span[][] = [[]];
  let left = maxLength;
  for (const span of spans) {
    let rest = span.text;
    while (rest.length > left) {
      const end = rest.lastIndexOf("\n", left);
      // A piece that has something already may end before this span.
      const cut = end !== -1 ? end : left === maxLength ? endOfCharacters(rest, left) : 0;
      if (cut > 0) pieces.at(-1)?.push({ ...span, text: rest.slice(0, cut) });
      rest = rest.slice(end === -1 ? cut : cut + 1);
      pieces.push([]);
      left = maxLength;
    }
    if (rest !== "") pieces.at(-1)?.push({ ...span, text: rest });
    left -= rest.length;
  }
  return pieces.filter((piece) => piece.length > 0);
}

/** The message as Telegram's HTML. */
export function toHtml(spans: readonly Span[]): string {
  const shown = spans.filter(({ text }) => text !== "");
  return shown
    .map(({ text, style, quoted }, index) => {
      const [open, close] = style === undefined ? ["", ""] : tags[style];
      const begins = quoted === true && shown[index - 1]?.quoted !== true;
      const ends = quoted === true && shown[index + 1]?.quoted !== true;
      const [before, after] = [
        begins ? "<blockquote expandable>" : "",
        ends ? "</blockquote>" : "",
      ];
      return `${before}${open}${escapeHtml(text)}${close}${after}`;
    })
    .join("");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
