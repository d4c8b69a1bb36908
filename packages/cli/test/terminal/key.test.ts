import { describe, expect, it } from "vitest";
import { emptyKeyStream, feedKeys, settleKeys, type Key } from "../../src/terminal/key.ts";

const esc = "\u001B";

/** What keys these pieces are, if nothing comes between them, and for a while nothing after them. */
const decode = (...pieces: readonly string[]): readonly Key[] => {
  const keys: Key[] = [];
  let stream = emptyKeyStream;
  for (const piece of pieces) {
    const fed = feedKeys(stream, piece);
    keys.push(...fed.keys);
    ({ stream } = fed);
  }
  return [...keys, ...settleKeys(stream).keys];
};

describe("a key", () => {
  it.each([
    ["\r", "enter"],
    ["\n", "enter"],
    ["\r\n", "enter"],
    [esc, "escape"],
    ["\u0001", "home"],
    ["\u0002", "left"],
    ["\u0003", "interrupt"],
    ["\u0005", "end"],
    ["\u0006", "right"],
    ["\u0008", "backspace"],
    ["\u007F", "backspace"],
    ["\u000E", "down"],
    ["\u0010", "up"],
    ["\u0015", "deleteLine"],
    ["\u0017", "deleteWord"],
    ["\u001A", "suspend"],
    ["\u001C", "quit"],
    [`${esc}[A`, "up"],
    [`${esc}OA`, "up"],
    [`${esc}[B`, "down"],
    [`${esc}OB`, "down"],
    [`${esc}[C`, "right"],
    [`${esc}OC`, "right"],
    [`${esc}[D`, "left"],
    [`${esc}OD`, "left"],
    [`${esc}[H`, "home"],
    [`${esc}OH`, "home"],
    [`${esc}[1~`, "home"],
    [`${esc}[7~`, "home"],
    [`${esc}[F`, "end"],
    [`${esc}OF`, "end"],
    [`${esc}[4~`, "end"],
    [`${esc}[8~`, "end"],
    [`${esc}[3~`, "delete"],
  ])("%j is %s", (sequence, type) => {
    expect(decode(sequence)).toEqual([{ type }]);
  });

  it.each([
    ["a", "a"],
    ["no", "no"],
    ["日本語 👍", "日本語 👍"],
    ["a\tb", "ab"],
  ])("%j is text", (typed, text) => {
    expect(decode(typed)).toEqual([{ type: "text", text }]);
  });

  it.each([
    "\t",
    "\u0000",
    "\u0004",
    "\u001D",
    "\u0085",
    `${esc}x`,
    `${esc}é`,
    `${esc}👍`,
    `${esc}[5~`,
    `${esc}[1;5C`,
    `${esc}[?1u`,
    `${esc}OP`,
    `${esc}[`,
    `${esc}[12`,
    `${esc}O`,
  ])("%j is none", (sequence) => {
    expect(decode(sequence)).toEqual([]);
  });

  it("is found when its escape sequence comes in pieces", () => {
    expect(decode(esc, "[", "B")).toEqual([{ type: "down" }]);
    expect(decode(`a${esc}[3`, "~b")).toEqual([
      { type: "text", text: "a" },
      { type: "delete" },
      { type: "text", text: "b" },
    ]);
  });

  it("is found among others", () => {
    expect(decode(`a${esc}[A${esc}[B\u007Fb`)).toEqual([
      { type: "text", text: "a" },
      { type: "up" },
      { type: "down" },
      { type: "backspace" },
      { type: "text", text: "b" },
    ]);
    expect(decode(`${esc}${esc}[A`)).toEqual([{ type: "escape" }, { type: "up" }]);
    expect(decode(`${esc}\u007F`)).toEqual([{ type: "escape" }, { type: "backspace" }]);
  });
});

describe("Enter", () => {
  it("waits for what follows, as it may be part of a paste", () => {
    expect(feedKeys(emptyKeyStream, "no\r")).toEqual({
      keys: [{ type: "text", text: "no" }],
      stream: { rest: "\n", isPasting: false },
    });
    expect(decode("no\r")).toEqual([{ type: "text", text: "no" }, { type: "enter" }]);
    expect(decode("no", "\r")).toEqual([{ type: "text", text: "no" }, { type: "enter" }]);
  });

  it("is one, however often it comes at once", () => {
    expect(decode("\r\r\r")).toEqual([{ type: "enter" }]);
    expect(decode("\r", "\r")).toEqual([{ type: "enter" }]);
  });

  it("counts before a key that is no text", () => {
    expect(decode(`no\r${esc}[A`)).toEqual([
      { type: "text", text: "no" },
      { type: "enter" },
      { type: "up" },
    ]);
  });

  it("with Alt is a line break", () => {
    expect(decode(`a${esc}\rb`)).toEqual([
      { type: "text", text: "a" },
      { type: "paste", text: "\n" },
      { type: "text", text: "b" },
    ]);
    expect(decode(`${esc}\n`)).toEqual([{ type: "paste", text: "\n" }]);
  });
});

describe("a paste without brackets", () => {
  it.each([
    [["one\rtwo"], "one\ntwo"],
    [["one\ntwo\n"], "one\ntwo\n"],
    [["one\r\ntwo\r\n\r\nthree\r\n"], "one\ntwo\n\nthree\n"],
    [["\rone"], "\none"],
    [["a\tb\rc"], "a\tb\nc"],
    [["one\r", "two\r"], "one\ntwo\n"],
    [["one\rtw", "o\r", "three\r"], "one\ntwo\nthree\n"],
    [["one", "\rtwo"], "one\ntwo"],
    [["one\rtwo", "\r"], "one\ntwo\n"],
  ])("%j is one text, and no Enter", (pieces, text) => {
    const keys = decode(...pieces);
    expect(keys.map((key) => ("text" in key ? key.text : key.type)).join("")).toBe(text);
    expect(keys.at(-1)?.type).toBe("paste");
  });

  it("is over when nothing follows", () => {
    const { stream } = feedKeys(emptyKeyStream, "one\rtwo");
    expect(stream).toEqual({ rest: "", isPasting: true });
    expect(settleKeys(stream)).toEqual({ keys: [], stream: emptyKeyStream });
  });

  it("is over with a key that is no text", () => {
    expect(decode(`one\rtwo${esc}[Aa\r`)).toEqual([
      { type: "paste", text: "one\ntwo" },
      { type: "up" },
      { type: "text", text: "a" },
      { type: "enter" },
    ]);
  });
});

describe("a paste in brackets", () => {
  it.each([
    ["one\rtwo\r\nthree\n", "one\ntwo\nthree\n"],
    ["one", "one"],
    ["", ""],
    [`${esc}[A\u0003`, `${esc}[A\u0003`],
  ])("%j is one text as it is", (pasted, text) => {
    expect(decode(`a${esc}[200~${pasted}${esc}[201~\r`)).toEqual([
      { type: "text", text: "a" },
      { type: "paste", text },
      { type: "enter" },
    ]);
  });

  it("may come in pieces, with pauses between them", () => {
    let { stream } = feedKeys(emptyKeyStream, `${esc}[200~one\r`);
    expect(settleKeys(stream)).toEqual({ keys: [], stream });
    ({ stream } = feedKeys(stream, `two${esc}[201`));
    expect(settleKeys(stream)).toEqual({ keys: [], stream });
    expect(feedKeys(stream, "~").keys).toEqual([{ type: "paste", text: "one\ntwo" }]);
  });
});

describe("^C", () => {
  it.each(["\u0003", "no\r\u0003", `${esc}[\u0003`, `a\rb\u0003c`, `${esc}[200~one\u0003`])(
    "counts in %j, whatever else there is",
    (input) => {
      expect(decode(input)).toEqual([{ type: "interrupt" }]);
    },
  );

  it("counts after a paste, and not in it", () => {
    const paste = `${esc}[200~\u0003${esc}[201~`;
    expect(decode(`${paste}${paste}`)).toHaveLength(2);
    expect(decode(`${paste}a${paste}\u0003`)).toEqual([{ type: "interrupt" }]);
  });
});
