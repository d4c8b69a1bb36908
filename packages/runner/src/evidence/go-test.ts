import { tallyCounts, type TestCounts } from "./test-counts.ts";

/**
 * Reads what `go test` prints. Only with `-v` or `-json` does it tell the tests; else a package
 * whose tests passed counts as one, so that the sum is never more than what ran.
 */
export function readGoTest(lines: readonly string[]): TestCounts | undefined {
  const ends: [string, number][] = [];
  let seen = false;
  /** Ends told since the last package line: with it the package is finished. */
  let inPackage: string[] = [];
  for (const line of lines) {
    const test = /^ *--- (PASS|FAIL|SKIP): \S/.exec(line)?.[1];
    if (test !== undefined) inPackage.push(test.toLowerCase());
    const [, end, rest = ""] = /^(ok {2}|FAIL|\? {3})\t(\S.*)$/.exec(line) ?? [];
    if (end === undefined) continue;
    seen = true;
    if (end === "FAIL" && !inPackage.includes("fail")) inPackage.push("fail");
    const ran = end === "ok  " && !rest.includes("[no tests to run]");
    if (ran && inPackage.length === 0) inPackage.push("pass");
    for (const word of inPackage) ends.push([word, 1]);
    inPackage = [];
  }
  return seen ? tallyCounts(ends) : undefined;
}

/** Reads what `go test -json` prints. */
export function readGoTestJson(lines: readonly string[]): TestCounts | undefined {
  const ends: [string, number][] = [];
  let seen = false;
  const failedPackages = new Set<string>();
  for (const line of lines) {
    const event = parseEvent(line);
    if (event === undefined) continue;
    seen = true;
    const { action, inPackage, isTest } = event;
    if (isTest) {
      ends.push([action, 1]);
      if (action === "fail") failedPackages.add(inPackage);
    } else if (action === "fail" && !failedPackages.has(inPackage)) {
      ends.push([action, 1]);
    }
  }
  return seen ? tallyCounts(ends) : undefined;
}

interface GoEvent {
  readonly action: string;
  readonly inPackage: string;
  /** Otherwise it is the end of the package. */
  readonly isTest: boolean;
}

function parseEvent(line: string): GoEvent | undefined {
  if (!/^\{.*"Action":"(?:pass|fail|skip)"/.test(line)) return undefined;
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== "object" || event === null) return undefined;
    const { Action: action, Package: inPackage, Test: test } = event as Record<string, unknown>;
    if (typeof action !== "string" || typeof inPackage !== "string") return undefined;
    return { action, inPackage, isTest: typeof test === "string" };
  } catch {
    return undefined;
  }
}
