import { toMarkdown } from "mdast-util-to-markdown";

const asciiPunctuation = /\\([!-/:-@[-`{-~])|&#(\d{1,7});/g;
// From the first blank of several only: from each of them, a long row of blanks would take its length squared.
const lineBreaks = /(?<!\s)\s*[\n\r\u0085\u2028\u2029]\s*/g;
const controls = /\p{Cc}+/gu;
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * The text as one line: line breaks become a space, control characters and half surrogate pairs go,
 * nothing stands at the ends.
 */
export function toOneLine(text: string): string {
  return text
    .replace(loneSurrogates, "\uFFFD")
    .replace(/\t/g, " ")
    .replace(lineBreaks, " ")
    .replace(controls, "")
    .trim();
}

/** The text with `\n` as its only line break, no other control character but the tab, and no blank lines at the ends. */
export function toLines(text: string): string {
  return text
    .replace(loneSurrogates, "\uFFFD")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]+/gu, "")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}

/** What a reader of the Markdown sees: escapes and numeric references decoded, all else as written. */
export function unescapeMarkdown(source: string): string {
  return source.replace(asciiPunctuation, (_, character: string | undefined, code: string) =>
    character === undefined ? codePoint(Number(code)) : character,
  );
}

function codePoint(code: number): string {
  const valid = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return valid ? String.fromCodePoint(code) : "\uFFFD";
}

/**
 * The ways to write one line of text into Markdown, the most readable first.
 * Each reads back as `text`; a later one is for surroundings in which an earlier one would mean something else.
 */
export function* markdownSpellings(text: string): Generator<string> {
  const readsBack = (spelling: string): boolean => unescapeMarkdown(spelling) === text;
  if (isPlain(text) && readsBack(text)) yield text;
  const escaped = toMarkdown({
    type: "paragraph",
    children: [{ type: "text", value: text }],
  }).trimEnd();
  if (readsBack(escaped)) yield escaped;
  const numeric = text.replace(/[`<>\\&*_"'#:[\]]/g, (c) => `&#${c.charCodeAt(0)};`);
  if (readsBack(numeric)) yield numeric;
}

/** True when nothing in the line can reach beyond it: no tag, no comment, no code span left open, no escape. */
function isPlain(text: string): boolean {
  const withoutCode = text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
  return !/<[A-Za-z/!?]|\\$/.test(text) && !withoutCode.includes("`");
}
