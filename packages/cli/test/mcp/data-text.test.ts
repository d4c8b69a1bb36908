import fc from "fast-check";
import { expect, it } from "vitest";
import { quoteData } from "../../src/mcp/data-text.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom("a", "\n", "\r", "\u2028", "\u0085", "\u001B[2J", "> ", "\u{1F600}", "\t"),
      {
        maxLength: 80,
      },
    )
    .map((parts) => parts.join("")),
);

it("puts each line of any text behind a mark, so that none speaks for samocode", () => {
  fc.assert(
    fc.property(text, (said) => {
      const quoted = quoteData(said, 10_000);
      for (const line of quoted.split(/[\n\r\u0085\u2028\u2029\v\f]/u)) {
        expect(line.startsWith(">")).toBe(true);
      }
    }),
  );
});

it("leaves no control character and no half of a character in any text", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 400 }), (said, maxChars) => {
      expect(quoteData(said, maxChars)).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
    }),
  );
});

it("cuts a text that is too long at the end of a line, and says so", () => {
  expect(quoteData("one\ntwo\nthree\n", 9)).toBe("> one\n> two\n(cut here: 7 of 13 characters)");
  expect(quoteData("one\ntwo\n", 7)).toBe("> one\n> two");
});

it("hides secrets", () => {
  expect(quoteData("key sk-ant-api03-abcdefgh", 100)).toBe("> key sk-***");
});

it("quotes nothing as one empty line", () => {
  expect(quoteData(" \n\n", 100)).toBe(">");
});
