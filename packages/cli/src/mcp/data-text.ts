import { printableLines } from "@samocode/core/overview";

/**
 * What an agent, a file or a person wrote, as a quote: each line stands behind `> `, so that no text can
 * end its quote and speak for samocode. Control characters and secrets are taken out, and what is longer
 * than `maxChars` is cut and says so.
 *
 * @example
 * quoteData("# Plan\n- [ ] do it", 1000); // "> # Plan\n> - [ ] do it"
 */
export function quoteData(text: string, maxChars: number): string {
  const printable = printableLines(text).trim();
  const shown = cutAtLine(printable, maxChars);
  const quote = shown
    .split(lineBreak)
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  if (shown === printable) return quote;
  return `${quote}\n(cut here: ${shown.length} of ${printable.length} characters)`;
}

/** All that one program or another takes for the end of a line. */
const lineBreak = /[\n\u2028\u2029]/u;

function cutAtLine(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const end = text.lastIndexOf("\n", maxChars);
  return text.slice(0, end > maxChars / 2 ? end : maxChars).replace(/[\uD800-\uDBFF]$/u, "");
}
