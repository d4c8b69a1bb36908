import { expect, it } from "vitest";
import { formatJson } from "../../src/terminal/output.ts";

it("prints sums of costs without the digits that only adding made", () => {
  expect(formatJson({ costUsd: 0.1 + 0.2, phaseCosts: { planning: 0.7900000000000003 } })).toBe(
    '{"costUsd":0.3,"phaseCosts":{"planning":0.79}}',
  );
  expect(formatJson([0.000001, 1.2345678, 1_768_487_400_123, 3, -1])).toBe(
    "[0.000001,1.234568,1768487400123,3,-1]",
  );
});

it("masks secrets, and leaves all else as it is", () => {
  const key = `sk-ant-api03-${"a".repeat(40)}`;
  expect(formatJson({ said: `it is ${key}`, ok: true, none: null })).not.toContain(key);
  expect(formatJson({ ok: true, none: null, text: "0.1" })).toBe(
    '{"ok":true,"none":null,"text":"0.1"}',
  );
});
