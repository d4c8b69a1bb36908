import { expect, test } from "vitest";
import { appendFlowLog, editStatus, parseOverview } from "../src/overview/overview.ts";

const entry = "deep dive into `auth` and _tokens_, 14 tests -> 01-15-14:41-dive-auth.md é";

/** The best of several runs: what it costs when nothing else runs. */
function bestMs(act: (run: number) => void): number {
  const times = Array.from({ length: 40 }, (_, run) => {
    const start = performance.now();
    act(run);
    return performance.now() - start;
  });
  return Math.min(...times);
}

test("an edit of an overview with 10 000 log lines, and reading it again, take at most 10 ms", () => {
  const log = Array.from(
    { length: 10_000 },
    (_, index) => `- [${index} @ 01-15 14:30] ${entry}\n`,
  ).join("");
  const text = `# Session: x\n\n## Status\nPhase: testing\nBlocked: no\n\n## Flow Log\n${log}\n## Files\n`;
  const editing = bestMs((run) => {
    parseOverview(editStatus(text, { iteration: run }));
  });
  const appending = bestMs((run) => {
    parseOverview(appendFlowLog(text, `[${run}] ${entry}`));
  });
  expect(editing).toBeLessThan(10);
  expect(appending).toBeLessThan(20);
  expect(parseOverview(text).flowLog).toHaveLength(10_000);
});
