import type { Key } from "../terminal/key.ts";

/** A text that is being written. */
export interface EditedText {
  readonly text: string;
  /** Where the next character goes: that many UTF-16 units stand before it. */
  readonly cursor: number;
}

// oxlint-disable-next-line no-control-regex -- what is copied from a terminal may have it
const colorSequence = /\u001B\[[0-?]*[ -/]*[@-~]/g;

/** A text to write on at its end. Nothing in it can do anything to the terminal. */
export function editText(text: string): EditedText {
  return insert({ text: "", cursor: 0 }, text);
}

/** The text after a key; the very same if the key is none of an editor. */
export function pressInText(edited: EditedText, key: Key): EditedText {
  const { text, cursor } = edited;
  switch (key.type) {
    case "text":
    case "paste":
      return insert(edited, key.text);
    case "left":
      return { text, cursor: cursor - before(edited) };
    case "right":
      return { text, cursor: cursor + behind(edited) };
    case "home":
      return { text, cursor: lineStart(edited) };
    case "end":
      return { text, cursor: lineEnd(edited) };
    case "backspace":
      return cut(edited, cursor - before(edited), cursor);
    case "delete":
      return cut(edited, cursor, cursor + behind(edited));
    case "deleteWord": {
      const word = /\S*\s*$/.exec(text.slice(0, cursor))?.[0] ?? "";
      return cut(edited, cursor - word.length, cursor);
    }
    case "deleteLine":
      return cut(edited, lineStart(edited), cursor);
    default:
      return edited;
  }
}

function insert({ text, cursor }: EditedText, more: string): EditedText {
  // Nothing else is changed: these are the words of the human.
  const added = more
    .replaceAll(colorSequence, "")
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll("\t", "  ")
    .replaceAll(/[^\P{Cc}\n]/gu, "");
  return {
    text: text.slice(0, cursor) + added + text.slice(cursor),
    cursor: cursor + added.length,
  };
}

function cut({ text }: EditedText, start: number, end: number): EditedText {
  return { text: text.slice(0, start) + text.slice(end), cursor: start };
}

function lineStart({ text, cursor }: EditedText): number {
  return text.slice(0, cursor).lastIndexOf("\n") + 1;
}

function lineEnd({ text, cursor }: EditedText): number {
  const end = text.indexOf("\n", cursor);
  return end < 0 ? text.length : end;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The length of the character before the cursor. */
function before({ text, cursor }: EditedText): number {
  return [...graphemes.segment(text.slice(0, cursor))].at(-1)?.segment.length ?? 0;
}

/** The length of the character at the cursor. */
function behind({ text, cursor }: EditedText): number {
  const [first] = graphemes.segment(text.slice(cursor));
  return first?.segment.length ?? 0;
}
