import { printableText } from "@samocode/core/overview";

/** More is not told in one run: strangers must not fill a terminal. */
const maxWarnings = 50;

/** The longest warning, in characters. */
const maxLength = 500;

/** Tells each warning once, on one line fit for a terminal, and no more of them than a person would read. */
export function limitWarnings(warn: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text) || said.size > maxWarnings) return;
    said.add(text);
    const isLast = said.size > maxWarnings;
    warn(isLast ? "further messages are not shown" : printableText(text, maxLength));
  };
}
