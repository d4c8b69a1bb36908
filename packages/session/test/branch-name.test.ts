import { execa } from "execa";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { branchFault } from "../src/branch-name.ts";

test.each(["main", "me/jwt-login", "вход", "a.b", "fix@home", "head"])(
  "%s can be a branch",
  (name) => {
    expect(branchFault(name)).toBeUndefined();
  },
);

test.each([
  ["a..b", "it has `..`"],
  ["-x", "it starts with `-`"],
  ["a b", "it has a space"],
  ["a~1", "it has one of ~ ^ : ? * [ \\"],
  ["a.lock/b", "it, or a part of it, ends with `.lock`"],
  ["a/.b", "it, or a part of it, starts with `.`"],
  ["a.", "it ends with `.`"],
  ["a//b", "a part of it is empty"],
  ["", "a part of it is empty"],
  ["@", "git reserves this name"],
  ["a@{b", "it has `@{`"],
  ["a\tb", "it has a control character"],
])("`%s` cannot: %s", (name, fault) => {
  expect(branchFault(name)).toBe(fault);
});

test("git agrees", async () => {
  const part = fc.constantFrom(
    "a",
    "-",
    "/",
    ".",
    "..",
    ".lock",
    "@",
    "{",
    "~",
    " ",
    "é",
    "\\",
    "*",
  );
  // For --branch `@` is the current branch, not a name.
  const name = fc
    .array(part, { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join(""))
    .filter((text) => text !== "@");
  await fc.assert(
    fc.asyncProperty(name, async (branch) => {
      const { failed } = await execa("git", ["check-ref-format", "--branch", branch], {
        reject: false,
      });
      expect(branchFault(branch) !== undefined).toBe(failed);
    }),
    { numRuns: 60 },
  );
});
