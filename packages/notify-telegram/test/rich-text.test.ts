import { parseTelegramHtml } from "@samocode/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutSpans, cutText, lengthOf, splitSpans, toHtml, type Span } from "../src/rich-text.ts";

/** Texts with all that is special in HTML, and characters of two code units. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("<", ">", "&", '"', "'", ";", "#", "amp;", "</b>", "😀", "é"),
  }),
);
const span = fc.record(
  { text, style: fc.constantFrom("bold", "italic", "code"), quoted: fc.boolean() },
  { requiredKeys: ["text"] },
) as fc.Arbitrary<Span>;
const spans = fc.array(span, { maxLength: 12 });

const visible = (of: readonly Span[]): string => of.map((each) => each.text).join("");

describe("a message", () => {
  it("is shown as exactly what was meant, whatever an agent wrote", () => {
    fc.assert(
      fc.property(spans, (of) => {
        const shown = parseTelegramHtml(toHtml(of));
        expect(shown.text).toBe(visible(of));
        const seen = of.filter((each) => each.text !== "");
        const styled = seen.filter((each) => each.style !== undefined);
        const quotes = seen.filter(
          (each, at) => each.quoted === true && seen[at - 1]?.quoted !== true,
        );
        expect(shown.entities).toHaveLength(styled.length + quotes.length);
      }),
      { numRuns: 500 },
    );
  });

  it("is never longer than its limit, is a beginning of the whole, and splits no character", () => {
    fc.assert(
      fc.property(spans, fc.nat({ max: 200 }), (of, limit) => {
        const cut = cutSpans(of, limit);
        const { text: shown } = parseTelegramHtml(toHtml(cut));
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(lengthOf(cut)).toBe(shown.length);
        expect(shown).not.toMatch(/\p{Surrogate}/u);
        const whole = visible(of);
        if (whole.length <= limit) expect(shown).toBe(whole);
        else if (limit > 0) {
          expect(shown.endsWith("…")).toBe(true);
          expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
          expect(shown.length).toBeGreaterThanOrEqual(limit - 1);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it("cuts before a character of two code units that no longer fits", () => {
  expect(cutText("ab😀cd", 5)).toBe("ab😀…");
  expect(cutText("ab😀cd", 4)).toBe("ab…");
  expect(cutText("ab", 0)).toBe("");
});

const texts = (pieces: readonly (readonly Span[])[]) => pieces.map(visible);

describe("a long message in pieces", () => {
  it.each<[string, number, string[]]>([
    ["", 5, []],
    ["12345", 5, ["12345"]],
    ["123456", 5, ["12345", "6"]],
    ["12\n45\n78", 5, ["12\n45", "78"]],
    ["12345\n78", 5, ["12345", "78"]],
    ["12\n4567890", 5, ["12", "45678", "90"]],
    ["1234😀", 5, ["1234", "😀"]],
    ["\n1234567", 5, ["12345", "67"]],
  ])("%j in pieces of %i", (whole, length, pieces) => {
    expect(texts(splitSpans([{ text: whole }], length))).toEqual(pieces);
  });

  it("keeps the look of each piece, and begins a new one before a span that does not fit", () => {
    const of = [{ text: "ab\n" }, { text: "bold", style: "bold", quoted: true } as const];
    expect(splitSpans(of, 5)).toEqual([[{ text: "ab\n" }], [of[1]]]);
    expect(splitSpans(of, 3)).toEqual([
      [{ text: "ab\n" }],
      [{ text: "bol", style: "bold", quoted: true }],
      [{ text: "d", style: "bold", quoted: true }],
    ]);
  });

  it("loses nothing but line breaks, and is never longer than it may be", () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 80 }), (of, length) => {
        const pieces = texts(splitSpans(of, length));
        expect(pieces.join("").replaceAll("\n", "")).toBe(visible(of).replaceAll("\n", ""));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(length);
      }),
    );
  });
});
