import { describe, expect, test } from "vitest";
import { describeFewer } from "../../src/evidence/find-test-changes.ts";
import { concernsTests, describeTestChange, isTestFile } from "../../src/evidence/test-changes.ts";

const change = (path: string, before?: string, after?: string, command = "npm test") =>
  describeTestChange({ path, before, after }, command);

test.each([
  "test.mjs",
  "a.test.ts",
  "src/b.spec.js",
  "test/c.py",
  "tests/d.rs",
  "pkg/e_test.go",
  "test_f.py",
  "conftest.py",
  "src/__tests__/g.tsx",
  "app/HTest.java",
  "ITests.cs",
])("%s is a test", (path) => {
  expect(isTestFile(path)).toBe(true);
});

test.each([
  "a.ts",
  "latest.ts",
  "contest.py",
  "src/attest/a.ts",
  "testing.md",
  "Protest.txt",
  "package.json",
])("%s is none", (path) => {
  expect(isTestFile(path)).toBe(false);
});

test.each([
  ["a.test.ts", true],
  ["package.json", true],
  ["packages/a/package.json", true],
  ["Makefile", true],
  [".github/workflows/ci.yml", true],
  ["scripts/check.sh", true],
  ["scripts/other.sh", false],
  ["src/a.ts", false],
  ["my-package.json5", false],
])("whether %s concerns the tests: %s", (path, expected) => {
  expect(concernsTests(path, "CI=1 sh ./scripts/check.sh && true")).toBe(expected);
});

describe("a test file", () => {
  const two = 'test("a", f)\nit.each([1])("b", f)\n';

  test.each([
    ["that was removed", two, undefined, "a.test.ts was removed"],
    ["without any text", two, " \n", "a.test.ts was emptied"],
    ["without any test", two, "export {}", "a.test.ts was emptied"],
    ["with fewer tests", two, 'test("a", f)\n', "a.test.ts has 1 fewer tests (1, before 2)"],
    [
      "with a test that is skipped",
      two,
      two.replace("test(", "test.skip("),
      "a.test.ts skips or focuses tests in 1 more places",
    ],
    [
      "with a test that is singled out",
      two,
      two.replace("test(", "test.only("),
      "a.test.ts skips or focuses tests in 1 more places",
    ],
    ["that is the same", two, two, undefined],
    ["with more tests", two, `${two}test("c", f)`, undefined],
    ["with other tests", two, two.replace('"a"', '"z"'), undefined],
    ["that is new", undefined, two, undefined],
    ["that had no test", "const a = 1", "const a = 2", undefined],
  ])("%s", (_, before, after, expected) => {
    expect(change("a.test.ts", before, after)).toBe(expected);
  });

  test.each([
    [
      "test_a.py",
      "def test_a():\n  pass\n",
      "import pytest\n@pytest.mark.skip\ndef test_a():\n  pass\n",
    ],
    ["a_test.go", "func TestA(t *testing.T) {\n}", "func TestA(t *testing.T) {\n t.Skip()\n}"],
    ["tests/a.rs", "#[test]\nfn a() {}", "#[test]\n#[ignore]\nfn a() {}"],
    ["ATest.java", "  @Test\n  void a() {}", "  @Disabled\n  @Test\n  void a() {}"],
  ])("of another language: %s", (path, before, after) => {
    expect(change(path, before, after)).toBe(`${path} skips or focuses tests in 1 more places`);
    expect(change(path, before, "nothing")).toBe(`${path} was emptied`);
  });
});

const manifest = (fields: object): string => JSON.stringify(fields);

describe("what runs the tests", () => {
  const before = manifest({ name: "a", scripts: { test: "node --test", build: "tsc" }, jest: {} });

  test.each([
    [{ scripts: { test: "exit 0", build: "tsc" }, jest: {} }, "package.json: `test` was changed"],
    [{ scripts: { build: "tsc" }, jest: { a: 1 } }, "package.json: `test`, `jest` was changed"],
    [
      { scripts: { test: "node --test", build: "swc", "test:e2e": "x" }, jest: {}, version: "2" },
      undefined,
    ],
  ])("a package.json that becomes %j", (fields, expected) => {
    expect(change("package.json", before, manifest(fields))).toBe(expected);
  });

  test("a package.json that is removed, or none any more", () => {
    expect(change("a/package.json", before)).toBe("a/package.json: `test`, `jest` was changed");
    expect(change("package.json", before, "null")).toContain("`test`");
    expect(change("package.json", "{", before)).toBeUndefined();
  });

  test("other files", () => {
    expect(change("Makefile", "a", "b")).toBe("Makefile was changed");
    expect(change("vitest.config.ts", "a")).toBe("vitest.config.ts was removed");
    expect(change("src/a.ts", "a", "b")).toBeUndefined();
    expect(change("check.sh", "a", "b", "sh ./check.sh")).toBe(
      "check.sh, which the test command names, was changed",
    );
    expect(change("check.sh", "a", undefined, "./check.sh")).toBe(
      "check.sh, which the test command names, was removed",
    );
  });
});

test("fewer tests than the last time are told", () => {
  expect(describeFewer({ total: 3 }, { total: 5 })).toBe(
    "2 fewer tests ran than last time (3, before 5)",
  );
  expect(describeFewer({ total: 5 }, { total: 5 })).toBeUndefined();
  expect(describeFewer(undefined, { total: 5 })).toBeUndefined();
  expect(describeFewer({ total: 3 }, undefined)).toBeUndefined();
});
