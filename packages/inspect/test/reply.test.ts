import { printableLines } from "@samocode/core/overview";
import fc from "fast-check";
import { expect, it } from "vitest";
import { formatJson } from "../src/reply.ts";

it("makes every text in a value fit to be shown, and finds every one that is not", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "sk-ant-api03-abcdefgh",
      "Bearer abcdefghijkl",
      "basic YWRhOmx1cw==",
      'X-Api-Key: "abc"',
      "ANTHROPIC_API_KEY=abc",
      "TELEGRAM_BOT_TOKEN=abc",
      "123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
      "ghp_abcdefghijklmnop1234",
      "github_pat_abcdefghijklmnop1234",
      "\u001B[31m",
      "\u009B31m",
      "\u202E",
      "\u200B",
      "\uFEFF",
      "\r\n",
      "\u0000",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (any) => {
      expect(JSON.parse(formatJson({ list: [any] }))).toEqual({ list: [printableLines(any)] });
    }),
    { numRuns: 2000 },
  );
});

it("leaves what is no text as it is", () => {
  expect(formatJson({ number: 1, no: undefined, list: [true, null] })).toBe(
    '{"number":1,"list":[true,null]}',
  );
});
