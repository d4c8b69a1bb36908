import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutToWidth, padToWidth, textWidth } from "../src/text-width.ts";

describe("the width of", () => {
  it.each([
    ["abc", 3],
    ["日本語", 6],
    ["한국어", 6],
    ["👩‍👩‍👧‍👦", 2],
    ["👍🏽", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["a\u0301", 1],
    ["…·│", 3],
    ["", 0],
  ])("%s is %i", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

it("cuts no wide character in its middle", () => {
  expect(cutToWidth("日本語のテキスト", 8)).toBe("日本語…");
  expect(cutToWidth("👩‍👩‍👧‍👦 family", 4)).toBe("👩‍👩‍👧‍👦 …");
});

it("is never wider than asked for, and leaves alone what fits", () => {
  const texts = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.nat(60), (text, width) => {
      const cut = cutToWidth(text, width);
      expect(textWidth(cut)).toBeLessThanOrEqual(width);
      if (textWidth(text) <= width) expect(cut).toBe(text);
    }),
  );
});

it("fills up to the width of a column", () => {
  expect(padToWidth("日本", 6)).toBe("日本  ");
  expect(padToWidth("abcdef", 3)).toBe("abcdef");
});
