import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTail, plainLines } from "../../src/evidence/output-text.ts";

describe("plain lines", () => {
  it("are what a person would see", () => {
    const output = "\u001B[32mgreen\u001B[39m\r\n 10%\r 50%\r100%\ntab\there\u0007\n";
    expect(plainLines(output)).toEqual(["green", "100%", "tab\there", ""]);
  });
});

describe("the tail of an output", () => {
  it("starts with a whole line", () => {
    expect(formatTail("one\ntwo\nthree\n", 9)).toBe("two\nthree");
    expect(formatTail("one\ntwo\nthree\n", 8)).toBe("three");
    expect(formatTail("one\ntwo\nthree\n", 100)).toBe("one\ntwo\nthree");
    expect(formatTail("one\nthousand", 5)).toBe("usand");
  });

  it("shows no secret, also not the half of one that was cut", () => {
    const secret = `sk-ant-api03-${"a".repeat(40)}`;
    for (let length = 1; length < 80; length++) {
      expect(formatTail(`the key is ${secret} and more`, length)).not.toContain("aaa");
    }
  });

  it("is printable and not too long, whatever was printed", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.integer({ min: 1, max: 50 }),
        (output, length) => {
          const tail = formatTail(output, length);
          expect(tail.length).toBeLessThanOrEqual(length);
          expect(tail).not.toMatch(/[^\P{Cc}\t\n]|\u202E|\u200B/u);
        },
      ),
    );
  });
});
