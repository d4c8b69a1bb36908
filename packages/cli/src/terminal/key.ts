/** A key that is no text. */
export type NamedKey =
  | "enter"
  | "escape"
  | "interrupt"
  | "suspend"
  | "quit"
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "backspace"
  | "delete"
  | "deleteWord"
  | "deleteLine";

/** What was typed or pasted. Line breaks of a pasted text are `\n`. */
export type Key =
  | { readonly type: "text" | "paste"; readonly text: string }
  | { readonly type: NamedKey };

/** What has been read but cannot be decided yet. */
export interface KeyStream {
  /** The beginning of an escape sequence or of a bracketed paste, or a line break that may belong to a paste. */
  readonly rest: string;
  /** A text of several lines is coming in: its line breaks are no Enter. */
  readonly isPasting: boolean;
}

export interface DecodedKeys {
  readonly keys: readonly Key[];
  readonly stream: KeyStream;
}

/** A stream of which nothing has been read. */
export const emptyKeyStream: KeyStream = { rest: "", isPasting: false };

const pasteBegin = "\u001B[200~";
const pasteEnd = "\u001B[201~";

// Control characters are what this is about.
/* oxlint-disable no-control-regex */
const sequence = /\u001B(?:\[[0-?]*[ -/]*[@-~]|O[ -~])/y;
const partial = /^\u001B(?:\[[0-?]*[ -/]*|O)?$/;
const altEnter = /\u001B[\r\n]/y;
const altCharacter = /\u001B[^\p{Cc}]/uy;
/** Text with its line breaks and tabs. */
const lines = /[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]+/y;
/* oxlint-enable no-control-regex */

const sequences: Readonly<Record<string, NamedKey>> = {
  "[A": "up",
  OA: "up",
  "[B": "down",
  OB: "down",
  "[C": "right",
  OC: "right",
  "[D": "left",
  OD: "left",
  "[H": "home",
  OH: "home",
  "[1~": "home",
  "[7~": "home",
  "[F": "end",
  OF: "end",
  "[4~": "end",
  "[8~": "end",
  "[3~": "delete",
};

const controls: Readonly<Record<string, NamedKey>> = {
  "\u0001": "home",
  "\u0002": "left",
  "\u0003": "interrupt",
  "\u0005": "end",
  "\u0006": "right",
  "\u0008": "backspace",
  "\u000E": "down",
  "\u0010": "up",
  "\u0015": "deleteLine",
  "\u0017": "deleteWord",
  "\u001A": "suspend",
  "\u001B": "escape",
  "\u001C": "quit",
  "\u007F": "backspace",
};

/**
 * Decodes what a terminal in raw mode sends. What cannot be decided without knowing what follows stays in the stream
 * until more comes or `settleKeys` says that nothing does: a terminal that does not bracket a paste sends its line
 * breaks as if Enter was pressed, but at once with the text behind them.
 */
export function feedKeys({ rest, isPasting }: KeyStream, chunk: string): DecodedKeys {
  const input = rest + chunk;
  if (isInterrupted(input)) return { keys: [{ type: "interrupt" }], stream: emptyKeyStream };
  const keys: Key[] = [];
  let pasting = isPasting;
  let at = 0;
  while (at < input.length) {
    const left = input.slice(at);
    const isOpenPaste = left.startsWith(pasteBegin) && !left.includes(pasteEnd);
    if (partial.test(left) || isOpenPaste)
      return { keys, stream: { rest: left, isPasting: false } };
    const run = matchAt(lines, input, at);
    if (run === undefined) {
      const { key, length } = keyAt(input, at);
      if (key !== undefined) keys.push(key);
      at += length;
      pasting = false;
      continue;
    }
    at += run.length;
    const text = run.replaceAll(/\r\n?/g, "\n");
    pasting ||= /\n[^\n]/.test(text);
    if (pasting) {
      keys.push({ type: "paste", text });
      continue;
    }
    const typed = text.replaceAll(/[\t\n]/g, "");
    if (typed !== "") keys.push({ type: "text", text: typed });
    if (!text.endsWith("\n")) continue;
    if (at === input.length) return { keys, stream: { rest: "\n", isPasting: false } };
    keys.push({ type: "enter" });
  }
  return { keys, stream: { rest: "", isPasting: pasting } };
}

/** Decides what is left in the stream, as nothing has followed for a while. A paste that has not ended stays. */
export function settleKeys({ rest }: KeyStream): DecodedKeys {
  if (rest.startsWith(pasteBegin)) return { keys: [], stream: { rest, isPasting: false } };
  const named: Readonly<Record<string, NamedKey>> = { "\n": "enter", "\u001B": "escape" };
  const type = named[rest];
  return { keys: type === undefined ? [] : [{ type }], stream: emptyKeyStream };
}

/** ^C counts wherever it stands, unless it is part of a text that was pasted as a whole. */
function isInterrupted(input: string): boolean {
  let typed = input;
  for (;;) {
    const begin = typed.indexOf(pasteBegin);
    const end = begin < 0 ? -1 : typed.indexOf(pasteEnd, begin);
    if (end < 0) return typed.includes("\u0003");
    typed = typed.slice(0, begin) + typed.slice(end + pasteEnd.length);
  }
}

/** What is no text: an escape sequence, a key together with Alt, a bracketed paste or a control character. */
function keyAt(input: string, at: number): { readonly key?: Key; readonly length: number } {
  const found = matchAt(sequence, input, at);
  if (found === pasteBegin) {
    const end = input.indexOf(pasteEnd, at);
    const text = input.slice(at + pasteBegin.length, end).replaceAll(/\r\n?/g, "\n");
    return { key: { type: "paste", text }, length: end + pasteEnd.length - at };
  }
  if (found !== undefined) return { ...named(sequences[found.slice(1)]), length: found.length };
  if (matchAt(altEnter, input, at) !== undefined) {
    return { key: { type: "paste", text: "\n" }, length: 2 };
  }
  const alt = matchAt(altCharacter, input, at);
  if (alt !== undefined) return { length: alt.length };
  return { ...named(controls[input.charAt(at)]), length: 1 };
}

function named(type: NamedKey | undefined): { readonly key?: Key } {
  return type === undefined ? {} : { key: { type } };
}

function matchAt(pattern: RegExp, input: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(input)?.[0];
}
