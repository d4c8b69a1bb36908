import { expect, test } from "vitest";
import { nearest } from "../src/nearest.ts";

test("the nearest word is the one with the fewest edits, whatever its letter case", () => {
  expect(nearest("WORKTREE", ["MAIN_REPO", "WORKTREES", "SESSIONS"])).toBe("WORKTREES");
  expect(nearest("main-repo", ["MAIN_REPO", "WORKTREES"])).toBe("MAIN_REPO");
});

test("swapped neighbours are one edit", () => {
  expect(nearest("fxi", ["fig", "fix"], 1)).toBe("fix");
  expect(nearest("fxi", ["fai"], 1)).toBe("fai");
});

test("words further away than the limit are not given, nor is anything of no words", () => {
  expect(nearest("login", ["logout"], 2)).toBeUndefined();
  expect(nearest("login", ["logout"], 3)).toBe("logout");
  expect(nearest("login", [])).toBeUndefined();
});

test("characters count as people count them, not as UTF-16 does", () => {
  expect(nearest("🙂", ["🙃"], 1)).toBe("🙃");
});
