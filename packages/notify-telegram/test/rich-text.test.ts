import { parseTelegramHtml } from "@samocode/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutSpans, cutText, lengthOf, toHtml, type Span } from "../src/rich-text.ts";

/** Texts with all that is special in HTML, and characters of two code units. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("<", ">", "&", '"', "'", ";", "#", "amp;", "</b>", "😀", "é"),
  }),
);
const span = fc.record(
  { text, style: fc.constantFrom("bold", "italic", "code", "quote") },
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
        const styled = of.filter((each) => each.style !== undefined && each.text !== "");
        expect(shown.entities).toHaveLength(styled.length);
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
