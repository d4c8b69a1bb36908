import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findTestChanges } from "../../src/evidence/find-test-changes.ts";
import {
  app,
  commit,
  create,
  git,
  path,
  root,
  useArena,
} from "../../../worktree/test/worktree-arena.ts";

useArena();

test("what was done to the tests since the default branch is found, committed or not", async () => {
  mkdirSync(join(app, "tests"));
  for (const name of ["a", "b", "c"]) {
    writeFileSync(
      join(app, `tests/${name}.test.js`),
      `test("${name} of many words", () => run("${name}"));\n`,
    );
  }
  writeFileSync(join(app, "package.json"), '{"scripts":{"test":"node --test"}}\n');
  await git(app, "add", "--all");
  await commit(app, "x");
  await create();
  expect(await findTestChanges(path, "npm test", {})).toEqual([]);

  rmSync(join(path, "tests/a.test.js"));
  writeFileSync(join(path, "package.json"), '{"scripts":{"test":"exit 0"}}\n');
  await git(path, "commit", "--quiet", "--all", "--message", "work");
  writeFileSync(join(path, "tests/b.test.js"), "");
  renameSync(join(path, "tests/c.test.js"), join(path, "c.txt"));
  await git(path, "add", "--all");
  await commit(app, "meanwhile");
  expect(await findTestChanges(path, "npm test", {})).toEqual([
    "tests/c.test.js was renamed to c.txt",
    "package.json: `test` was changed",
    "tests/a.test.js was removed",
    "tests/b.test.js was emptied",
  ]);
});

test("of many changes ten are told, and outside a repository none", async () => {
  for (let n = 10; n < 21; n++) writeFileSync(join(app, `${n}.test.js`), `test("${n}")`);
  await git(app, "add", "--all");
  await commit(app, "x");
  await create();
  for (let n = 10; n < 21; n++) rmSync(join(path, `${n}.test.js`));
  const told = await findTestChanges(path, "npm test", {});
  expect(told).toHaveLength(11);
  expect(told.at(-1)).toBe("and 1 more");
  expect(await findTestChanges(root, "npm test", {})).toEqual([]);
});
