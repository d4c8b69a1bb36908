import { decodeString } from "micromark-util-decode-string";

// Characters that no reader sees: soft hyphens, zero-width characters, byte order marks, the blank of Braille.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;
const tags = /<[^<>]*>/g;
// Tags that a viewer shows nothing for; a text such as `<input>` may be meant as it stands.
const blankTags =
  /<\/?(?:a|b|br|code|del|div|em|font|i|ins|mark|p|s|small|span|strong|sub|sup|u|wbr)(?:[\s/][^<>]*)?>/gi;
const blankSigns = /[\s*_`~>\\]+/g;
const signs = /[^\p{L}\p{N}]+/gu;

/**
 * True for an answer that says that there is none yet: nothing that a reader sees, or the word `waiting` alone,
 * with whatever signs, escapes, references and tags an editor has put around it.
 */
export function isPlaceholder(answer: string): boolean {
  const seen = decodeString(withoutComments(answer))
    .normalize("NFKC")
    .replace(invisible, blankLine);
  if (seen.replace(blankTags, "").replace(blankSigns, "") === "") return true;
  return seen.replace(tags, "").replace(signs, "").toLowerCase() === "waiting";
}

/** A line break still parts words; all else that is not seen parts nothing. */
function blankLine(character: string): string {
  return /\s/.test(character) ? " " : "";
}

/**
 * The text without its HTML comments. One that is never closed is text, as Markdown has it.
 */
export function withoutComments(text: string): string {
  let kept = "";
  for (let at = 0; ;) {
    const start = text.indexOf("<!--", at);
    const end = start === -1 ? -1 : text.indexOf("-->", start + 4);
    if (end === -1) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = end + 3;
  }
}
