import { expect, test } from "vitest";
import { isAtLeast } from "../src/program-version.ts";

test.each([
  ["2.17.0", "2.17.0", true],
  ["2.17", "2.17.0", true],
  ["2.17.0.1", "2.17.0", true],
  ["2.18", "2.17.9", true],
  ["2.9.0", "2.17.0", false],
  ["10.0.0", "9.9.9", true],
  ["1.99.99", "2.0.0", false],
  ["", "0.0.1", false],
])("%s is at least %s: %s", (version, least, is) => {
  expect(isAtLeast(version, least)).toBe(is);
});
