import { describe, expect, it } from "vitest";
import { formatRefusal, parseRefusals, refusalsFile } from "../../src/signal-hook/refusal.ts";

describe("refused answers", () => {
  const now = new Date(Date.UTC(2026, 0, 15, 14, 30));

  it("are kept in order, a line each, with what was wrong and what was written", () => {
    const file =
      formatRefusal("it is not there", undefined, now) + formatRefusal("bad", "a\nb", now);
    expect(file.split("\n")).toHaveLength(3);
    expect(parseRefusals(file)).toEqual([
      { timestamp: "2026-01-15T14:30:00.000Z", problem: "it is not there" },
      { timestamp: "2026-01-15T14:30:00.000Z", problem: "bad", text: "a\nb" },
    ]);
  });

  it("are cut where an answer is longer than any honest one", () => {
    const [refusal] = parseRefusals(formatRefusal("bad", "x".repeat(10_000), now));
    expect(refusal?.text).toHaveLength(4000);
  });

  it("are read past a line that a crash has torn", () => {
    const file = `{"timest\n[]\n${formatRefusal("bad", "x", now)}`;
    expect(parseRefusals(file)).toHaveLength(1);
  });

  it("lie with the logs, under the id of the run", () => {
    expect(refusalsFile("8e5c")).toBe("_logs/8e5c.refused.ndjson");
  });
});
