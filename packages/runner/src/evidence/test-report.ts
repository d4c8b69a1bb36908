import { readClosingLines, readPlainCounts } from "./closing-lines.ts";
import { readGoTest, readGoTestJson } from "./go-test.ts";
import { readJunitXml } from "./junit-xml.ts";
import { plainLines } from "./output-text.ts";
import { readTap } from "./tap.ts";
import { addCounts, type TestCounts } from "./test-counts.ts";

type Reader = (lines: readonly string[]) => TestCounts | undefined;

/** By how much a reader can be trusted: XML may hold the output of others, and anyone may print `5 passed`. */
const readers: readonly (readonly Reader[])[] = [
  [readJunitXml],
  [readClosingLines, readTap, readGoTest, readGoTestJson],
  [readPlainCounts],
];

/**
 * Reads from the output of a test run how many tests there were: JUnit XML, TAP, and what vitest,
 * jest, mocha, node:test, pytest, cargo test and go test print; else lines such as `5 passed, 1 failed`.
 * Several suites in one output (`pnpm -r test`, the crates of a workspace) are added up.
 *
 * Nothing means that no form was recognised, a total of 0 that the output says so.
 *
 * @example
 * parseTestReport("      Tests  1 failed | 5 passed (6)\n"); // { passed: 5, failed: 1, skipped: 0, total: 6 }
 */
export function parseTestReport(output: string): TestCounts | undefined {
  const streams = splitStreams(plainLines(output));
  let report: TestCounts | undefined;
  for (const level of readers) {
    const suites = streams.flatMap((lines) => level.flatMap((read) => read(lines) ?? []));
    const sum = addCounts(suites);
    if (sum !== undefined && sum.total > 0) return sum;
    report ??= sum;
  }
  return report;
}

/** `packages/a test: line` (pnpm), `a:test: line` (turbo), `[a]: line` (yarn); not `# Subtest: line` (TAP). */
const prefixes = /^(?!# )(\[[^\]\s]{1,100}\]:?|[^\s:]{1,100}[ :](?=\S*test)[\w:.-]{1,60}:) (.*)$/;

/** Parts the lines of several programs that ran at once, where each line names its program. */
function splitStreams(lines: readonly string[]): readonly (readonly string[])[] {
  const streams = new Map<string, string[]>();
  for (const line of lines) {
    const [, prefix = "", rest = line] = prefixes.exec(line) ?? [];
    const stream = streams.get(prefix);
    if (stream === undefined) streams.set(prefix, [rest]);
    else stream.push(rest);
  }
  return [...streams.values()];
}
