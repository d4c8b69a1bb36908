/**
 * The text with every character in it that a person cannot see, and an agent can read, made visible: escape
 * sequences and control characters, characters of no width, tags, and those that turn the direction of writing. Each
 * stands as its number between `⟦` and `⟧`, tags as what they spell. Line breaks and tabs stay, and so does what joins
 * the parts of an emoji or of a word that is written with joiners.
 *
 * Call it on the text of a plan before `printableLines`, which drops such characters.
 *
 * @example
 * revealHidden("rename\u200B it"); // "rename⟦U+200B⟧ it"
 */
export function revealHidden(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll(hidden, describe);
}

const tags = "\u{E0000}-\u{E007F}";
const unseen =
  "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0E\\uFEFF\\uFFA0\\uFFF9-\\uFFFB\\u{1D173}-\\u{1D17A}\\u{E0080}-\\u{E0FFF}";
const joiner =
  "(?<![\\p{Extended_Pictographic}\\u{1F3FB}-\\u{1F3FF}\\uFE0F\\p{Lo}\\p{M}])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\p{Extended_Pictographic}\\p{Lo}])";
/** It gives the character before it the look of an emoji, once. */
const emojiLook = "(?<![\\p{Emoji}])\\uFE0F";

const hidden = new RegExp(
  `[${tags}]+|[${unseen}]|${joiner}|${emojiLook}|(?![\\n\\r\\t])\\p{Cc}`,
  "gu",
);

function describe(found: string): string {
  const codes = Array.from(found, (character) => character.codePointAt(0) ?? 0);
  const spelled = codes
    .map((code) => code - 0xe0000)
    .filter((code) => code >= 0x20 && code < 0x7f)
    .map((code) => String.fromCodePoint(code))
    .join("");
  if (spelled !== "") return `⟦hidden: ${spelled}⟧`;
  const numbers = codes.map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  return `⟦${numbers.join(" ")}⟧`;
}
