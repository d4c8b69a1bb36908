import { describe, expect, it } from "vitest";
import { editText, pressInText } from "../../src/asking/line-editor.ts";
import type { Key, NamedKey } from "../../src/terminal/key.ts";

/** The text with `|` as its cursor, after these keys; words are typed. */
const after = (shown: string, ...keys: readonly (NamedKey | { readonly paste: string })[]) => {
  const start = { text: shown.replace("|", ""), cursor: shown.indexOf("|") };
  const { text, cursor } = keys
    .map((key): Key =>
      typeof key === "string" ? { type: key } : { type: "paste", text: key.paste },
    )
    .reduce(pressInText, start);
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
};

it("begins at the end of a text", () => {
  expect(editText("one\ntwo")).toEqual({ text: "one\ntwo", cursor: 7 });
  expect(editText("")).toEqual({ text: "", cursor: 0 });
});

describe("a key", () => {
  it.each<[string, NamedKey, string]>([
    ["ab|", "left", "a|b"],
    ["|ab", "left", "|ab"],
    ["|ab", "right", "a|b"],
    ["ab|", "right", "ab|"],
    ["👩‍👧|", "left", "|👩‍👧"],
    ["|é漢", "right", "é|漢"],
    ["one\ntwo|", "home", "one\n|two"],
    ["one|\ntwo", "home", "|one\ntwo"],
    ["o|ne\ntwo", "end", "one|\ntwo"],
    ["one\nt|wo", "end", "one\ntwo|"],
    ["ab|c", "backspace", "a|c"],
    ["|abc", "backspace", "|abc"],
    ["a\n|b", "backspace", "a|b"],
    ["a👍|", "backspace", "a|"],
    ["a|bc", "delete", "a|c"],
    ["ab|", "delete", "ab|"],
    ["a|👍b", "delete", "a|b"],
    ["one two|", "deleteWord", "one |"],
    ["one two  |x", "deleteWord", "one |x"],
    ["|one", "deleteWord", "|one"],
    ["one\ntwo x|y", "deleteLine", "one\n|y"],
    ["one|", "deleteLine", "|"],
    ["a|b", "up", "a|b"],
    ["a|b", "down", "a|b"],
    ["a|b", "enter", "a|b"],
    ["a|b", "escape", "a|b"],
  ])("makes of %j with %s %j", (before, key, shown) => {
    expect(after(before, key)).toBe(shown);
  });
});

it("puts what is typed or pasted at the cursor, and nothing that could do harm", () => {
  expect(after("a|d", { paste: "b\nc" })).toBe("ab\nc|d");
  expect(after("|", { paste: "a\r\nb\tc" })).toBe("a\nb  c|");
  expect(after("|", { paste: "\u001B[31mred\u0007" })).toBe("red|");
  expect(after("|", { paste: "👩‍👧 sk-ant-api03-abcdefgh" })).toBe("👩‍👧 sk-ant-api03-abcdefgh|");
  expect(pressInText(editText("a"), { type: "text", text: "b" })).toEqual({
    text: "ab",
    cursor: 2,
  });
});
