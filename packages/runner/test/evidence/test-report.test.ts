import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTestReport } from "../../src/evidence/test-report.ts";

function recorded(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), "utf8");
}

/** `[passed, failed, skipped]`, and nothing if no form was recognised. */
function countsOf(output: string): readonly number[] | undefined {
  const report = parseTestReport(output);
  if (report === undefined) return undefined;
  const { passed, failed, skipped, total } = report;
  expect(total).toBe(passed + failed + skipped);
  return [passed, failed, skipped];
}

function tap(...lines: readonly string[]): readonly number[] | undefined {
  return countsOf(["TAP version 14", ...lines, ""].join("\n"));
}

describe("a test report of a real runner", () => {
  it.each([
    ["vitest", [3, 1, 2]],
    ["vitest-tap", [3, 1, 2]],
    ["vitest-tap-flat", [3, 1, 2]],
    ["vitest-junit", [3, 1, 2]],
    ["jest", [3, 1, 2]],
    ["jest-colour", [3, 1, 2]],
    ["mocha", [2, 1, 1]],
    ["mocha-colour", [2, 1, 1]],
    ["mocha-tap", [2, 1, 1]],
    ["mocha-xunit", [2, 1, 1]],
    ["tape", [2, 1, 0]],
    ["node-spec", [3, 1, 2]],
    ["node-spec-colour", [3, 1, 2]],
    ["node-tap", [3, 1, 2]],
    ["node-junit", [3, 1, 2]],
    ["node-childless-tap", [1, 0, 0]],
    ["node-childless-spec", [1, 0, 0]],
    ["pytest", [3, 2, 2]],
    ["pytest-quiet", [3, 2, 2]],
    ["pytest-colour", [3, 2, 2]],
    ["pytest-junit", [3, 2, 2]],
    ["go-verbose", [5, 1, 1]],
    ["go-json", [5, 1, 1]],
  ])("is read from %s", (name, counts) => {
    expect(countsOf(recorded(name))).toEqual(counts);
  });

  it("adds up the crates of a cargo workspace and their doc tests", () => {
    expect(countsOf(recorded("cargo"))).toEqual([3, 1, 1]);
  });

  it.each(["pnpm-recursive", "pnpm-parallel"])(
    "adds up the packages of a workspace whose lines come mixed (%s)",
    (name) => {
      expect(countsOf(recorded(name))).toEqual([3, 0, 0]);
    },
  );

  it("counts a Go package as one test where go test tells no more", () => {
    expect(countsOf(recorded("go"))).toEqual([1, 1, 0]);
  });

  it("counts a Go package that does not build as a failed test", () => {
    expect(countsOf(recorded("go-broken"))).toEqual([1, 2, 0]);
  });

  it.each([
    "vitest-none",
    "vitest-empty",
    "jest-none",
    "mocha-none",
    "node-none",
    "node-no-test-tap",
    "node-no-test-spec",
    "pytest-none",
    "cargo-none",
    "go-none",
    "go-json-none",
  ])("says that there was no test (%s)", (name) => {
    expect(countsOf(recorded(name))).toEqual([0, 0, 0]);
  });

  it.each([
    ["vitest-filtered", 5],
    ["jest-filtered", 6],
  ])("tells tests that were all skipped from tests that ran (%s)", (name, skipped) => {
    expect(countsOf(recorded(name))).toEqual([0, 0, skipped]);
  });

  it.each(["node-dot", "unittest"])("is nothing if the output tells no number (%s)", (name) => {
    expect(countsOf(recorded(name))).toBeUndefined();
  });
});

describe("a test report of a runner that nobody knows", () => {
  it.each([
    ["5 passed, 1 failed", [5, 1, 0]],
    ["Tests: 5 passed", [5, 0, 0]],
    ["Results: 12 tests passed; 3 failed; 1 skipped", [12, 3, 1]],
    ["ok | 5 passed | 0 failed (10ms)", [5, 0, 0]],
    ["     Summary [   0.012s] 6 tests run: 4 passed, 1 failed, 1 skipped", [4, 1, 1]],
    ["  1 failed\n  5 passed (3.2s)", [5, 1, 0]],
    ["✔ 7 Passed", [7, 0, 0]],
    ["0 passed, 0 failed", [0, 0, 0]],
  ])("is read from %j", (output, counts) => {
    expect(countsOf(output)).toEqual(counts);
  });

  it.each([
    "",
    "All good.",
    "Found 0 errors in 3 files",
    "0 errors in 2.1s",
    "built in 1.2s",
    "3 files processed in 2.1s",
    "0 failed",
    "the 3 passed laps",
    "ok",
    '{"Action":"pass"',
    "not ok",
  ])("is nothing for %j", (output) => {
    expect(countsOf(output)).toBeUndefined();
  });

  it("leaves such lines aside where a known form is found", () => {
    const output = `99 passed\n\n  2 passing (3ms)\n`;
    expect(countsOf(output)).toEqual([2, 0, 0]);
  });
});

it("a zero that is quoted does not hide the tests that ran", () => {
  expect(countsOf('- <testsuite tests="0">\n      Tests  2 passed (2)\n')).toEqual([2, 0, 0]);
});

describe("TAP", () => {
  it("counts the innermost points, wherever the summing point stands", () => {
    expect(
      tap("    ok 1 - a", "    not ok 2 - b", "    1..2", "not ok 1 - both", "ok 2", "1..2"),
    ).toEqual([2, 1, 0]);
    expect(tap("ok 1 - both {", "    ok 1 - a", "    1..1", "}", "ok 2 - c", "1..2")).toEqual([
      2, 0, 0,
    ]);
  });

  it("takes what is still to be done for no failure", () => {
    expect(tap("not ok 1 - a # TODO not yet", "ok 2 # skip no network", "1..2")).toEqual([0, 0, 2]);
  });

  it("does not read the diagnostics of a point", () => {
    expect(tap("not ok 1 - a", "  ---", "  ok 2 - a line of YAML", "  ...", "ok 2 - b")).toEqual([
      1, 1, 0,
    ]);
  });

  it("is zero for a plan without tests, and a failure when the run is given up", () => {
    expect(countsOf("1..0 # SKIP no database\n")).toEqual([0, 0, 0]);
    expect(tap("1..9", "ok 1", "Bail out! no database")).toEqual([1, 1, 0]);
  });
});

describe("JUnit XML", () => {
  it("is read between the lines of other programs, without what it quotes", () => {
    const xml = [
      "> test",
      "<testsuites>",
      '<testsuite name="outer" tests="3"><testsuite name="inner" tests="2">',
      '<testcase name="a"/><testcase name="b"><error/></testcase>',
      '</testsuite><testcase name="c"><system-out><![CDATA[<failure> 9 passed <testcase/>]]></system-out></testcase>',
      "<!-- <testcase/> -->",
      "</testsuite></testsuites>",
      "5 passing",
    ].join("\n");
    expect(countsOf(xml)).toEqual([2, 1, 0]);
  });
});

describe("any output", () => {
  const noise = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "\n",
          "\r",
          "\u001B[31m",
          " ",
          "ok",
          "not ok 1",
          "1..3",
          "---",
          "<testcase",
          "<![CDATA[",
          "5 passed",
          "  5 passing",
          "ℹ todo 1",
          "FAIL\tx",
          '{"Action":"pass"}',
          "a test: ",
          "[a] ",
        ),
      ),
    )
    .map((parts) => parts.join(""));

  it("is read without an error, and its numbers add up", () => {
    fc.assert(
      fc.property(noise, (output) => {
        expect(() => countsOf(output)).not.toThrow();
      }),
    );
  });

  it("is the same with colours and with the line ends of Windows", () => {
    for (const name of ["jest", "node-tap", "cargo", "go-verbose", "pytest"]) {
      const output = recorded(name);
      const coloured = output.replaceAll(/\d+/g, "\u001B[1m$&\u001B[0m").replaceAll("\n", "\r\n");
      expect(countsOf(coloured)).toEqual(countsOf(output));
    }
  });

  it.each([
    ["a long line", "x".repeat(2_000_000)],
    ["many prefixes", "a ".repeat(1_000_000)],
    ["many starts of a count", "1 ".repeat(1_000_000)],
    ["comments that never end", `<testsuite >${"<!--".repeat(500_000)}`],
    ["test cases that never end", `<testsuite >${"<testcase ".repeat(200_000)}`],
    ["escape sequences that never end", "\u001B[".repeat(500_000)],
    ["blanks", `Tests: ${" ".repeat(1_000_000)}`],
  ])("is read in good time where it is %s", (_, output) => {
    const before = process.cpuUsage();
    countsOf(output);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1500);
  });
});
