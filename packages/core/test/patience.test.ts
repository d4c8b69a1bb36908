import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describePatience,
  formatPatience,
  parsePatience,
  remediesFor,
} from "../src/workflow/patience.ts";
import { waitReasons } from "../src/workflow/phase.ts";

describe("a rule for when nobody answers", () => {
  it.each([
    ["wait", { remedy: "wait" }],
    ["remind after 2h", { remedy: "remind", afterMs: 7_200_000 }],
    ["  Suggestions  after 90 s ", { remedy: "suggestions", afterMs: 90_000 }],
    ["block after 3w", { remedy: "block", afterMs: 1_814_400_000 }],
  ])("is read: %j", (text, rule) => {
    expect(parsePatience(text, "qa_answers")).toEqual(rule);
  });

  it.each([
    "",
    "suggestions",
    "remind after",
    "remind after h",
    "remind after 0h",
    "remind after -1h",
    "remind after 1.5h",
    "remind after 4w",
    "remind after 99999999999h",
    "approve after 1h",
    "wait after 1h",
    "remind 1h",
    "remind after 1h, block after 2h",
    "constructor after 1h",
  ])("that is none is refused: %j", (text) => {
    expect(parsePatience(text, "qa_answers")).toBeUndefined();
  });

  it.each(["plan_approval", "file_update", "human_action"] as const)(
    "takes suggestions for questions only, not for %s",
    (reason) => {
      expect(parsePatience("suggestions after 8h", reason)).toBeUndefined();
      expect(describePatience(reason)).not.toContain("suggestions");
      expect(parsePatience("block after 8h", reason)).toEqual({
        remedy: "block",
        afterMs: 28_800_000,
      });
    },
  );

  it("is read back as it was written", () => {
    const rules = fc.constantFrom(...waitReasons).chain((reason) =>
      fc.record({
        reason: fc.constant(reason),
        remedy: fc.constantFrom(...remediesFor[reason]),
        afterMs: fc.integer({ min: 1, max: 1_814_400 }).map((seconds) => seconds * 1000),
      }),
    );
    fc.assert(
      fc.property(rules, ({ reason, ...rule }) => {
        expect(parsePatience(formatPatience(rule), reason)).toEqual(rule);
      }),
    );
    expect(formatPatience({ remedy: "wait" })).toBe("wait");
  });
});
