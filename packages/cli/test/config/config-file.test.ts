import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  configKeys,
  formatConfigFile,
  parseConfigFile,
  readConfigText,
} from "../../src/config/config-file.ts";
import { findConfigFile } from "../../src/config/config-search.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-config-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function valuesOf(text: string): Record<string, string | undefined> {
  const { entries, problems } = parseConfigFile(text, ".samocode");
  expect(problems).toEqual([]);
  return Object.fromEntries([...entries].map(([key, { value }]) => [key, value]));
}

function faultsOf(text: string): string[] {
  return parseConfigFile(text, ".samocode").problems.map(({ where, what }) => `${where}: ${what}`);
}

test("a file with comments, blank lines, quotes, blanks, CRLF, a BOM and `export` is read", () => {
  const text = [
    "\uFEFF# where things are",
    "",
    "  MAIN_REPO = ~/code/app   # the app",
    'export WORKTREES="/work trees/#1" # quoted',
    "SESSIONS='$HOME/it is \"here\"'",
    'TEST_COMMAND="npm test -- --grep \\"a b\\""',
  ].join("\r\n");
  expect(valuesOf(text)).toEqual({
    MAIN_REPO: "~/code/app",
    WORKTREES: "/work trees/#1",
    SESSIONS: '$HOME/it is "here"',
    TEST_COMMAND: 'npm test -- --grep "a b"',
  });
});

test("a # inside a word is no comment", () => {
  expect(valuesOf("MAIN_REPO=/code/c#/app")).toEqual({ MAIN_REPO: "/code/c#/app" });
});

test("quotes and = inside an unquoted value are kept", () => {
  expect(valuesOf("TEST_COMMAND=CI=1 npm test -- --grep 'a b'")).toEqual({
    TEST_COMMAND: "CI=1 npm test -- --grep 'a b'",
  });
});

test("each entry knows its line", () => {
  expect(parseConfigFile("#\n\nSESSIONS=s", "x").entries.get("SESSIONS")).toEqual({
    name: "SESSIONS",
    value: "s",
    line: 3,
  });
});

test("an unknown key is a warning that names the nearest known one, never the value", () => {
  const { warnings, problems } = parseConfigFile("WORKTREE=hunter2\n", "/app/.samocode");
  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    "/app/.samocode:1: unknown key `WORKTREE` is ignored; the nearest known key is `WORKTREES`",
  ]);
});

test("a line without =, a doubled key and open quotes are problems, all told with their lines", () => {
  const text = 'SECRET hunter2\nSESSIONS=a\nSESSIONS=b\nMAIN_REPO=\'x\nWORKTREES="a" b\n';
  expect(faultsOf(text)).toEqual([
    ".samocode:1: expected `KEY=value`",
    ".samocode:3: SESSIONS is set twice, first on line 2",
    ".samocode:4: the quotes of MAIN_REPO do not enclose the whole value",
    ".samocode:5: the quotes of WORKTREES do not enclose the whole value",
  ]);
});

const oneLine = fc
  .string({ unit: "grapheme" })
  .filter((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text));

test("what was formatted is read back, whatever the values hold", () => {
  const values = fc.record(Object.fromEntries(configKeys.map((key) => [key, oneLine])), {
    requiredKeys: [],
  });
  fc.assert(
    fc.property(values, (written) => {
      expect(valuesOf(formatConfigFile(written))).toEqual(written);
    }),
  );
});

test("no text makes the parser throw, and each problem has its line", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.tuple(fc.constantFrom(...configKeys), fc.string()).map((pair) => pair.join("=")),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const { where } of parseConfigFile(lines.join("\n"), "f").problems) {
        expect(where).toMatch(/^f:\d+$/);
      }
    }),
  );
});

test("the nearest file above the current folder is found; a folder of that name is passed over", () => {
  const inner = join(folder, "a", "b");
  mkdirSync(join(inner, ".samocode"), { recursive: true });
  writeFileSync(join(folder, ".samocode"), "");
  expect(findConfigFile(inner)).toEqual({ path: join(folder, ".samocode") });
  writeFileSync(join(folder, "a", ".samocode"), "");
  expect(findConfigFile(inner)).toEqual({ path: join(folder, "a", ".samocode") });
});

test("--config takes the file, or the folder that holds it, from the current folder", () => {
  mkdirSync(join(folder, "a"));
  writeFileSync(join(folder, "a", ".samocode"), "");
  writeFileSync(join(folder, "other.conf"), "");
  expect(findConfigFile(folder, "a")).toEqual({ path: join(folder, "a", ".samocode") });
  expect(findConfigFile(folder, "other.conf")).toEqual({ path: join(folder, "other.conf") });
});

test("with --config nothing else is looked at", () => {
  writeFileSync(join(folder, ".samocode"), "");
  expect(findConfigFile(folder, "gone")).toEqual({
    lookedAt: [join(folder, "gone"), join(folder, "gone", ".samocode")],
  });
});

test("a search in vain tells every place up to the root", () => {
  const search = findConfigFile("/no-such-folder/app");
  expect(search).toEqual({
    lookedAt: ["/no-such-folder/app/.samocode", "/no-such-folder/.samocode", "/.samocode"],
  });
});

test("a file that is not UTF-8 is a problem, a missing one and a folder are none", () => {
  const path = join(folder, ".env");
  expect(readConfigText(path)).toBeUndefined();
  expect(readConfigText(folder)).toBeUndefined();
  writeFileSync(path, "\uFEFFA=ü");
  expect(readConfigText(path)).toBe("A=ü");
  writeFileSync(path, Buffer.from("A=ü", "latin1"));
  expect(readConfigText(path)).toMatchObject({ where: path, what: "is not UTF-8" });
});
