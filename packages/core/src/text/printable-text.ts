/**
 * Text from an agent or a program, safe to show on one line of a terminal, a page or a chat:
 * no escape sequences, no control characters, no characters that turn the direction of writing,
 * no secrets, white space as single blanks, cut to `maxLength` characters with `…` at the end.
 *
 * @example
 * printableText("a\u001B[31m red\n line", 80); // "a red line"
 */
export function printableText(text: string, maxLength: number): string {
  const line = withoutTricks(text.slice(0, 20 * maxLength))
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
  const cut = line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
  return cut.replaceAll(/\p{Surrogate}/gu, "");
}

/**
 * The same for a text of several lines, whole: line breaks are kept, all other control characters are blanks.
 *
 * @example
 * printableLines("a\u001B[31m red\r\nline\u0007"); // "a red\nline "
 */
export function printableLines(text: string): string {
  return withoutTricks(text)
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\n]/gu, " ");
}

function withoutTricks(text: string): string {
  return maskSecrets(withoutSequences(text)).replaceAll(
    /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu,
    "",
  );
}

const [esc, bel, csi, st] = ["\u001B", "\u0007", "\u009B", "\u009C"];
/**
 * What a terminal takes for a command (ECMA-48). Not `stripVTControlCharacters` of Node: each version knows other ones,
 * and what a person sees must not depend on it.
 */
const sequences = new RegExp(
  [
    // A string that is ended on its line, such as a title or a link. One that is not ended hides nothing.
    `${esc}[\\]PX^_][^${bel}${esc}${st}\r\n]*(?:${bel}|${esc}\\\\|${st})`,
    `(?:${esc}\\[|${csi})[0-?]*[ -/]*[@-~]`,
    `${esc}[ -/]*[0-~]`,
  ].join("|"),
  "g",
);

/**
 * The text without the commands to a terminal in it.
 *
 * @example
 * withoutSequences("a\u001B[31mb"); // "ab"
 */
export function withoutSequences(text: string): string {
  return text.replaceAll(sequences, "");
}

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\bsk-[A-Za-z0-9_-]{8,}/g, "sk-***"],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, "$1 ***"],
  [/\b(x-api-key["']?\s*[:=]\s*["']?)[^\s"',]+/gi, "$1***"],
  [/\b((?:ANTHROPIC|CLAUDE|TELEGRAM)[A-Z_]*(?:KEY|TOKEN)=)\S+/g, "$1***"],
  [/(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}/g, "***"],
  [/\b(gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}/g, "$1***"],
];

/** Longest first: one may contain another. */
let hidden: readonly string[] = [];

/** Shorter values would mask words of ordinary texts. */
const leastHidden = 6;

/**
 * Masks a value in every text that this process shows from now on. A value under 6 characters is not masked.
 *
 * @example
 * hideSecret("correct-horse"); maskSecrets("it is correct-horse"); // "it is ***"
 */
export function hideSecret(value: string): void {
  if (value.length < leastHidden) return;
  const forms = new Set([...hidden, value, encodeURIComponent(value)]);
  hidden = [...forms].toSorted((one, other) => other.length - one.length);
}

/**
 * The same text with API keys, bearer and bot tokens made unreadable.
 * It knows the forms of the secrets that pass through this program; it cannot know those of others.
 *
 * @example
 * maskSecrets("key sk-ant-api03-abcdefgh"); // "key sk-***"
 */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const value of hidden) masked = masked.replaceAll(value, "***");
  for (const [form, replacement] of secrets) {
    masked = masked.replaceAll(form, replacement);
  }
  return masked;
}
