import * as fc from "fast-check";
import { expect, test } from "vitest";
import { branchFault } from "../src/branch-name.ts";
import { parseSessionName, SessionNameError } from "../src/session-name.ts";

test.each([
  ["jwt-login", "jwt-login"],
  ["JWT  Login ", "jwt-login"],
  ["Вход", "вход"],
  ["cafe\u0301", "café"],
  ["v1.2", "v1.2"],
])("%s becomes %s", (text, name) => {
  expect(parseSessionName(text)).toBe(name);
});

test.each([
  ["", "it is empty"],
  ["  ", "it is empty"],
  ["..", "it has `..`"],
  ["a..b", "it has `..`"],
  ["../x", "it has a path separator"],
  ["a\\b", "it has a path separator"],
  ["-rf", "it starts with `-`"],
  [" -rf", "it starts with `-`"],
  ["\u00A0x", "it starts with `-`"],
  ["a\nb", "it has a control character"],
  ["a\u0000b", "it has a control character"],
  ["a\u202Eb", "it has an invisible character"],
  ["_archive", "names that start with `_` are reserved for samocode"],
  [".git", "it starts with `.`"],
  ["a:b", "it has one of ~ ^ : ? * [ \\"],
  ["x.lock", "it, or a part of it, ends with `.lock`"],
  ["x".repeat(92), "it is longer than 91 bytes"],
  ["я".repeat(46), "it is longer than 91 bytes"],
])("%j is refused: %s", (text, fault) => {
  const refused = () => parseSessionName(text);
  expect(refused).toThrow(SessionNameError);
  expect(refused).toThrow(`: ${fault}. Use letters, digits and hyphens`);
});

test("a message holds no control characters of the name", () => {
  expect(() => parseSessionName("a\u001B[31mb")).toThrow("`a?[31mb`");
});

test("what is accepted is one folder, a git branch, and stays the same when it is read again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const name = nameOf(text);
      if (name === undefined) return;
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]|\.\.|^[-._]/u);
      expect(branchFault(name)).toBeUndefined();
      expect(parseSessionName(name)).toBe(name);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(91);
    }),
    { numRuns: 2_000 },
  );
});

function nameOf(text: string): string | undefined {
  try {
    return parseSessionName(text);
  } catch (error) {
    if (error instanceof SessionNameError) return undefined;
    throw error;
  }
}
