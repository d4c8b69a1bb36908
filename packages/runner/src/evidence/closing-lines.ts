import { addCounts, parseCounts, tallyCounts, type TestCounts } from "./test-counts.ts";

/** The line with which a runner closes a suite; its first group holds the counts. */
const closingLines: readonly RegExp[] = [
  // vitest: `      Tests  1 failed | 5 passed (6)`
  /^ *Tests {2}(\d.*\(\d+\)|no tests)$/,
  // jest: `Tests:       1 failed, 5 passed, 6 total`
  /^Tests: +(.*\d+ total)$/,
  // vitest and jest, if there is nothing to run
  /^(No tests? (?:files )?found), exiting with code/,
  // mocha, each on a line of its own: `  5 passing (8ms)`, `  1 failing`
  /^ {2}(\d+ (?:passing|failing|pending))(?: \(.*\))?$/,
  // pytest: `=== 1 failed, 5 passed in 0.12s ===`; with -q without the frame
  /^(?:=+ )?(?=.*[1-9]\d* (?:passed|failed|skipped|xfailed|xpassed|errors?)\b)(\d[\w, ]*) in [\d.]+s\b/,
  /^(?:=+ )?(no tests ran|\d+ deselected)(?:, \d+ warnings?)? in [\d.]+s\b/,
  // cargo test, one a crate: `test result: ok. 5 passed; 0 failed; 1 ignored; …`
  /^test result: \w+\. (\d+ passed; \d+ failed; \d+ ignored;)/,
];

/** More than any closing line has. */
const maxLineLength = 500;

/** Reads what vitest, jest, mocha, pytest, cargo test and node:test say at the end of a suite. */
export function readClosingLines(lines: readonly string[]): TestCounts | undefined {
  const suites = [...readNodeSummaries(lines)];
  for (const line of lines) {
    const counts = line.length > maxLineLength ? undefined : matchClosingLine(line);
    if (counts !== undefined) suites.push(parseCounts(counts));
  }
  return addCounts(suites);
}

function matchClosingLine(line: string): string | undefined {
  for (const form of closingLines) {
    const counts = form.exec(line)?.[1];
    if (counts !== undefined) return counts;
  }
  return undefined;
}

/**
 * node:test closes with one line a count; in its TAP output the points are counted instead. It counts a file in which
 * it has found no test as one that has passed.
 */
function* readNodeSummaries(lines: readonly string[]): Generator<TestCounts> {
  let summary: [string, number][] = [];
  let files = 0;
  for (const line of lines) {
    if (/^✔ \/.+ \([\d.]+ms\)$/.test(line)) files++;
    const [, word, count] = /^ℹ (\w+) (\d{1,9})$/.exec(line) ?? [];
    if (word === undefined) continue;
    summary.push([word, Number(count) - (word === "pass" ? files : 0)]);
    if (word === "todo") {
      yield tallyCounts(summary);
      [summary, files] = [[], 0];
    }
  }
}

/**
 * Reads lines such as `5 passed, 1 failed`, `Tests: 5 passed` or `ok | 5 passed | 0 failed`, of
 * whatever runner. Only for output in which nothing better is found; without a word on what passed
 * it is nothing, for linters count errors as well.
 */
export function readPlainCounts(lines: readonly string[]): TestCounts | undefined {
  const counted = lines.filter((line) => line.length <= maxLineLength && plainCounts.test(line));
  const hasPassed = counted.some((line) => /\bpass(?:ed|ing)?\b/i.test(line));
  return hasPassed ? addCounts(counted.map((line) => parseCounts(line.toLowerCase()))) : undefined;
}

const plainCounts =
  /^(?:[^:|]{0,60}[:|])?[^\w]*\d{1,9} (?:(?:tests?|specs?|checks?) )?(?:pass(?:ed|ing)?|fail(?:ed|ing)?|skipped|pending)\b/i;
