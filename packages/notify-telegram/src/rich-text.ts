/** A piece of a message, set off in one way at most. */
export interface Span {
  readonly text: string;
  readonly style?: "bold" | "italic" | "code" | "quote";
}

const tags = {
  bold: ["<b>", "</b>"],
  italic: ["<i>", "</i>"],
  code: ["<code>", "</code>"],
  quote: ["<blockquote expandable>", "</blockquote>"],
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
  const end = length - 1;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, isSplit ? end - 1 : end)}…`;
}

/** The message as Telegram's HTML. */
export function toHtml(spans: readonly Span[]): string {
  return spans
    .filter(({ text }) => text !== "")
    .map(({ text, style }) => {
      const [open, close] = style === undefined ? ["", ""] : tags[style];
      return `${open}${escapeHtml(text)}${close}`;
    })
    .join("");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
