/** How many tests ran, as far as the output of a test run tells it. */
export interface TestCounts {
  readonly passed: number;
  /** With those that could not run because of an error. */
  readonly failed: number;
  /** With those that are still to be written or are known to fail. */
  readonly skipped: number;
  /** All of them together. */
  readonly total: number;
}

/** The words that test runners use for the three ways in which a test can end. */
const words = new Map<string, "passed" | "failed" | "skipped">([
  ["pass", "passed"],
  ["passed", "passed"],
  ["passing", "passed"],
  ["xpassed", "passed"],
  ["fail", "failed"],
  ["failed", "failed"],
  ["failing", "failed"],
  ["error", "failed"],
  ["errors", "failed"],
  ["cancelled", "failed"],
  ["skip", "skipped"],
  ["skipped", "skipped"],
  ["pending", "skipped"],
  ["todo", "skipped"],
  ["ignored", "skipped"],
  ["xfailed", "skipped"],
]);

/**
 * Adds up words for the ends of tests; words of another meaning count nothing.
 *
 * @example
 * tallyCounts([["passed", 3], ["deselected", 2]]); // { passed: 3, failed: 0, skipped: 0, total: 3 }
 */
export function tallyCounts(ends: Iterable<readonly [word: string, count: number]>): TestCounts {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const [word, count] of ends) {
    const end = words.get(word);
    if (end !== undefined) tally[end] += count;
  }
  return { ...tally, total: tally.passed + tally.failed + tally.skipped };
}

/**
 * Reads counts that stand in front of their words.
 *
 * @example
 * parseCounts("1 failed | 5 passed (6)"); // { passed: 5, failed: 1, skipped: 0, total: 6 }
 */
export function parseCounts(text: string): TestCounts {
  const found = text.matchAll(/\b(\d{1,9}) (?:(?:tests?|specs?|checks?) )?([a-z]+)\b/g);
  return tallyCounts(Array.from(found, ([, count, word]) => [word ?? "", Number(count)] as const));
}

/** The sum of the counts of several suites; nothing if there is no suite. */
export function addCounts(suites: readonly TestCounts[]): TestCounts | undefined {
  if (suites.length === 0) return undefined;
  return tallyCounts(
    suites.flatMap(({ passed, failed, skipped }) => [
      ["passed", passed],
      ["failed", failed],
      ["skipped", skipped],
    ]),
  );
}
