import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hideSecret,
  maskSecrets,
  printableLines,
  printableText,
} from "../src/text/printable-text.ts";

describe("printable text", () => {
  test("is one line without control characters, never longer than asked", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.integer({ min: 1, max: 30 }),
        (text, length) => {
          const printed = printableText(text, length);
          expect(printed.length).toBeLessThanOrEqual(length);
          expect(printed).not.toMatch(/[\p{Cc}\p{Surrogate}\u202E]/u);
        },
      ),
    );
  });

  test("of several lines has no control characters but its line breaks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printableLines(text).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202E]/u);
      }),
    );
    expect(printableLines("\u001B[2Ja\r\n\u001B]52;c;aGk=\u0007b: sk-ant-api03-abcdefgh")).toBe(
      "a\nb: sk-***",
    );
  });

  test("leaves ordinary text alone", () => {
    expect(printableText("Fix the café 🎉 at 10:30", 80)).toBe("Fix the café 🎉 at 10:30");
  });

  test("shows where it was cut, and cuts no character in two", () => {
    expect(printableText("abcdef", 4)).toBe("abc…");
    expect(printableText("ab🎉cdef", 4)).toBe("ab…");
  });

  test("takes escape sequences and turned text out", () => {
    expect(printableText("\u001B]0;title\u0007a\u001B[2Jb\u202Ec\r\n\td", 80)).toBe("abc d");
  });
});

test("a value that was declared a secret is masked from then on, also as a part of an address", () => {
  hideSecret("pass word-7");
  hideSecret("pass word-7-longer");
  expect(maskSecrets("is pass word-7-longer, was pass word-7")).toBe("is ***, was ***");
  expect(maskSecrets("https://x/?key=pass%20word-7&y")).toBe("https://x/?key=***&y");
  hideSecret("short");
  expect(printableText("short, pass word-7", 80)).toBe("short, ***");
});

test.each([
  ["sk-ant-api03-abc_DEF-123", "sk-***"],
  ["Authorization: Bearer abc.def.ghi", "Authorization: Bearer ***"],
  ['"x-api-key": "secret"', '"x-api-key": "***"'],
  ["ANTHROPIC_API_KEY=abc123 claude", "ANTHROPIC_API_KEY=*** claude"],
  ["bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456", "bot***"],
  ["ghp_abcdefghijklmnop1234", "ghp_***"],
  ["a basic thing, at 12:30, task-1", "a basic thing, at 12:30, task-1"],
])("%s is shown as %s", (text, shown) => {
  expect(maskSecrets(text)).toBe(shown);
});
