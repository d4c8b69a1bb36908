import { expect, it } from "vitest";
import { parseForeground, parseJob } from "../../src/terminal/foreground.ts";

it.each([
  ["12 12", true],
  ["  12  12\n", true],
  ["12 13", false],
  ["12 112", false],
  // No terminal of its own, or one of another namespace: nothing that could stop it.
  ["12 -1", true],
  ["12 0", true],
  ["12 1", false],
  ["", true],
  ["?", true],
])("knows from the groups %j whether it is in the foreground: %s", (job, isForeground) => {
  expect(parseForeground(job)).toBe(isForeground);
});

it("finds both groups behind any name", () => {
  expect(parseJob("12 (sh) S 1 20 30 34816 40 0 0")).toBe("20 40");
  expect(parseJob("12 (a) b) S 1 2 3) S 1 20 30 34816 -1 0")).toBe("20 -1");
});
