import fc from "fast-check";
import { expect, test } from "vitest";
import { keyLines } from "../src/text/key-line.ts";

const line = fc.oneof(
  fc.constantFrom(
    "Phase: testing",
    "Blocked : no",
    "Last Action: a **b** `c`",
    "Next:",
    "Reason: \\",
  ),
  fc.constantFrom("", "# Session: x", "## Status", "#", "#x", "####### x", "a", "word *and* `tick"),
  fc.constantFrom("---", "===", "- a: b", "1. a: b", "> a: b", "```", "[a]: b", " a: b", "\ta: b"),
  fc.constantFrom(
    "a: <!-- b",
    "b --> c: d",
    "a: b<br>",
    "a: b  ",
    "a: b\\",
    "a: &amp;",
    "a:\u2028b: c",
  ),
  fc.string({ unit: fc.constantFrom(..."aB:# *`_\\[]()!&-=\t\u00A0\u2028\r".split("")) }),
);

test("plain lines are read as the parser reads them", () => {
  // After a quote nothing is plain, so the parser is asked.
  const quote = "> quote\n\n";
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const text = lines.join("\n");
      const parsed = keyLines(quote + text, { start: 0, end: quote.length + text.length });
      const shift = ({ start, end }: { start: number; end: number }) => ({
        start: start - quote.length,
        end: end - quote.length,
      });
      expect(keyLines(text, { start: 0, end: text.length })).toEqual(
        parsed.map((found) => ({
          ...found,
          span: shift(found.span),
          valueSpan: shift(found.valueSpan),
          markedSpan: shift(found.markedSpan),
        })),
      );
    }),
    { numRuns: 400 },
  );
});
