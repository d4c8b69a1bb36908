import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listCommits, readHead } from "../src/commits.ts";
import { app, commit, create, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

test("the commit that is checked out is read, on a branch, without one, and from packed references", async () => {
  expect(readHead(app)).toBeUndefined();
  const first = await commit(app, "a");
  expect(readHead(app)).toBe(first);
  await create();
  expect(readHead(path)).toBe(first);
  await git(app, "pack-refs", "--all");
  expect(readHead(path)).toBe(first);
  const second = await commit(path, "b");
  expect(readHead(path)).toBe(second);
  await git(path, "switch", "--quiet", "--detach");
  expect(readHead(path)).toBe(second);
  expect(readHead(root)).toBeUndefined();
});

test("the commits since another one are listed, the oldest first", async () => {
  const first = await commit(app, "a");
  expect(await listCommits(app, first)).toEqual([]);
  await commit(app, "b");
  await commit(app, "c");
  const short = (await git(app, "log", "--reverse", "--format=%h %s")).split("\n");
  expect(await listCommits(app, first)).toEqual(short.slice(1));
  expect(await listCommits(app, undefined)).toEqual(short);
  expect(await listCommits(root, undefined)).toEqual([]);
});

test.each(["--output=victim", "-p", "HEAD", "abc", `${"a".repeat(39)}g`, "a".repeat(65), ""])(
  "what an agent has written in the place of a commit is no word of a command: %s",
  async (text) => {
    await commit(app, "a");
    const victim = join(app, "victim");
    writeFileSync(victim, "precious");
    for (const file of ["HEAD", "refs/heads/main"]) {
      const was = readFileSync(join(app, ".git", file), "utf8");
      writeFileSync(join(app, ".git", file), `${text}\n`);
      expect(readHead(app)).toBeUndefined();
      expect(await listCommits(app, undefined)).toEqual([]);
      writeFileSync(join(app, ".git", file), was);
    }
    expect(readFileSync(victim, "utf8")).toBe("precious");
  },
);

test("without its `.git` a folder has no commit", async () => {
  await commit(app, "a");
  rmSync(join(app, ".git"), { recursive: true });
  expect(readHead(app)).toBeUndefined();
  expect(existsSync(app)).toBe(true);
});
