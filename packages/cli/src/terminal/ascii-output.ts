/** What stands for the characters that we draw with; as wide as they are, so that columns stay columns. */
const glyphs: Readonly<Record<string, string>> = {
  "─": "-",
  "│": "|",
  "┆": ":",
  "└": "+",
  "◆": "?",
  "◇": "-",
  "■": "x",
  "●": "*",
  "○": "o",
  "•": "*",
  "·": "-",
  "›": ">",
  "→": ">",
  "↑": "^",
  "↓": "v",
  "✓": "+",
  "✗": "x",
  "☐": "o",
  "☑": "x",
  "≥": ">",
  "—": "-",
  "–": "-",
  "−": "-",
  "…": "~",
  "⟦": "[",
  "⟧": "]",
  "█": "_",
};

/**
 * The text with ASCII for each character that we draw with. Words in other scripts stay as they are.
 *
 * @example
 * toAscii("planning → testing │ 計画"); // "planning > testing | 計画"
 */
export function toAscii(text: string): string {
  return text.replaceAll(/[^\p{ASCII}]/gu, (character) => glyphs[character] ?? character);
}

/** Whether the locale of this environment has more than ASCII. Without a locale it is taken for UTF-8. */
export function isUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  // The first one that is not empty counts, as for every program.
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((name = "") => name !== "");
  // The console of Linux has few glyphs, whatever its locale says.
  return env["TERM"] !== "linux" && (locale === undefined || /utf-?8/i.test(locale));
}

/** Makes a terminal show ASCII for each character that we draw with, whoever writes to it. */
export function drawInAscii(output: Pick<NodeJS.WriteStream, "write">): void {
  const write = output.write.bind(output) as (...args: unknown[]) => boolean;
  output.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? toAscii(chunk) : chunk, ...rest);
}
