import { tallyCounts, type TestCounts } from "./test-counts.ts";

/**
 * Counts the test points of TAP. Of nested ones only the innermost are tests; those around them sum
 * them up, before (`ok 1 - suite {`) or behind them. A file in which node:test has found no test is
 * a point for it, but none for us.
 *
 * @see https://testanything.org/tap-version-14-specification.html
 */
export function readTap(lines: readonly string[]): TestCounts | undefined {
  if (!lines.some((line) => /^(?:TAP version \d+$|1\.\.\d+(?:\s|$))/.test(line))) return undefined;
  const ends: (readonly [string, number])[] = [];
  let depth = 0;
  let diagnostic: "none" | "possible" | "open" = "none";
  let file = "";
  for (const line of lines) {
    const trimmed = line.trim();
    if (diagnostic === "open") {
      if (trimmed === "...") diagnostic = "none";
      continue;
    }
    if (diagnostic === "possible" && trimmed === "---") {
      diagnostic = "open";
      continue;
    }
    diagnostic = "none";
    file = /^# Subtest: (\/.+)$/.exec(line)?.[1] ?? file;
    const indentation = line.length - line.trimStart().length;
    const point = /^(not )?ok\b(?! *\t)(.*)$/.exec(trimmed);
    if (point !== null) {
      const [, not, rest = ""] = point;
      const isFile = not === undefined && file !== "" && rest.endsWith(` - ${file}`);
      const isSuite = indentation < depth || rest.endsWith("{") || isFile;
      if (!isSuite) ends.push([endOf(not !== undefined, rest), 1]);
      depth = indentation;
      diagnostic = "possible";
    } else if (trimmed === "}") {
      depth = indentation;
    } else if (trimmed.startsWith("Bail out!")) {
      ends.push(["failed", 1]);
    }
  }
  return tallyCounts(ends);
}

function endOf(failed: boolean, rest: string): string {
  if (/ # ?(?:skip|todo)\b/i.test(rest)) return "skipped";
  return failed ? "failed" : "passed";
}
