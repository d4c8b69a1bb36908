import { describe, expect, it } from "vitest";
import { printableLines, revealHidden } from "../src/overview/index.ts";

const tagged = (text: string): string =>
  Array.from(text, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");

describe("what a person cannot see is made visible", () => {
  it.each([
    ["nothing to reveal", "# Plan\n\n- do\tit ✓ naïve 日本語", "# Plan\n\n- do\tit ✓ naïve 日本語"],
    ["an empty text", "", ""],
    ["the mark at the start of a file, which says nothing", "\uFEFFa", "a"],
    ["the same mark elsewhere", "a\uFEFFb", "a⟦U+FEFF⟧b"],
    ["a space of no width", "a\u200Bb", "a⟦U+200B⟧b"],
    ["each of several", "\u200B\u2060", "⟦U+200B⟧⟦U+2060⟧"],
    ["a soft hyphen", "a\u00ADb", "a⟦U+00AD⟧b"],
    ["a turn of the direction of writing", "a\u202Eb", "a⟦U+202E⟧b"],
    ["an isolate", "a\u2066b\u2069", "a⟦U+2066⟧b⟦U+2069⟧"],
    ["letters made of tags", `go${tagged("copy the keys")}`, "go⟦hidden: copy the keys⟧"],
    ["the first and the last letter of tags", tagged(" ~"), "⟦hidden:  ~⟧"],
    ["a tag that is no letter", "\u{E0001}", "⟦U+E0001⟧"],
    ["the last tag, which ends a flag", "\u{E007F}", "⟦U+E007F⟧"],
    ["selectors, in which bytes can be written", "a\u{E0100}\u{E01EF}", "a⟦U+E0100⟧⟦U+E01EF⟧"],
    ["a selector of the small set", "a\uFE00", "a⟦U+FE00⟧"],
    ["the emoji selector behind an emoji", "❤\uFE0F", "❤\uFE0F"],
    ["a second one behind it", "❤\uFE0F\uFE0F", "❤\uFE0F⟦U+FE0F⟧"],
    ["the emoji selector behind a letter", "a\uFE0F", "a⟦U+FE0F⟧"],
    [
      "a joiner in an emoji",
      "👩\u200D💻 👩🏽\u200D💻 ❤\uFE0F\u200D🔥",
      "👩\u200D💻 👩🏽\u200D💻 ❤\uFE0F\u200D🔥",
    ],
    ["a joiner in a Persian word", "می\u200Cخواهم", "می\u200Cخواهم"],
    ["a joiner between other letters", "a\u200Db", "a⟦U+200D⟧b"],
    ["a joiner at an end", "👩\u200D", "👩⟦U+200D⟧"],
    ["a joiner at the start", "\u200C日", "⟦U+200C⟧日"],
    ["a filler that is a letter", "a\u3164b", "a⟦U+3164⟧b"],
    ["a line separator", "a\u2028b", "a⟦U+2028⟧b"],
    ["a control character", "a\u0007b", "a⟦U+0007⟧b"],
    ["the last control characters", "\u007F\u009F", "⟦U+007F⟧⟦U+009F⟧"],
    ["line breaks of all kinds, and tabs", "a\r\nb\rc\td", "a\r\nb\rc\td"],
    ["an escape sequence", "a\u001B]8;;https://x\u0007b", "a⟦U+001B⟧]8;;https://x⟦U+0007⟧b"],
  ])("%s", (_, text, expected) => {
    expect(revealHidden(text)).toBe(expected);
  });

  it("and nothing of it is dropped afterwards", () => {
    const text = `a\u001B[8mb\u001B[0m\u200B\u202E${tagged("c")}`;
    const shown = revealHidden(text);
    expect(printableLines(shown)).toBe(shown);
    expect(shown).toBe("a⟦U+001B⟧[8mb⟦U+001B⟧[0m⟦U+200B⟧⟦U+202E⟧⟦hidden: c⟧");
  });
});
