import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addLine, emptySummary } from "../src/stream-summary.ts";
import { parseStreamLine } from "../src/stream.ts";

const summaryOf = (name: string) => {
  const path = new URL(`./fixtures/streams/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  return lines.reduce((summary, line) => addLine(summary, parseStreamLine(line)), emptySummary);
};

describe("the cost of a process", () => {
  it("leaves out what the resumed conversation cost before", () => {
    expect(summaryOf("resumed").result?.costUsd).toBeCloseTo(0.00044, 8);
  });

  it("adds up over several results", () => {
    expect(summaryOf("background-command").result?.costUsd).toBeCloseTo(0.00132, 8);
  });
});
