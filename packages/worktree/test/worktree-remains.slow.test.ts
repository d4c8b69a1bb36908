import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { app, commit, create, failure, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

/** What git knows of the worktree at `path`. */
let record: string;

beforeEach(async () => {
  await commit(app, "a");
  record = join(app, ".git/worktrees/26-01-08-fix");
});

/** Leaves what a killed git leaves, with these files in its record, and gives what is in the worktree. */
function leaveRemains(files: Record<string, string>): void {
  mkdirSync(record, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(record, name), text);
}

const locked = "initializing";

test("an empty commondir, with which all worktree commands fail, is put away", async () => {
  leaveRemains({ locked, gitdir: `${path}/.git\n`, HEAD: "0".repeat(40), commondir: "" });
  await expect(git(app, "worktree", "list")).rejects.toThrow("commondir");
  expect((await create()).how).toBe("created");
});

test("an empty .git in the folder is put away", async () => {
  leaveRemains({ locked, gitdir: `${path}/.git\n` });
  mkdirSync(path);
  writeFileSync(join(path, ".git"), "");
  expect((await create()).how).toBe("created");
});

test.each([{ locked }, { locked, gitdir: "" }])(
  "a record without a place is put away: %j",
  async (files) => {
    leaveRemains(files);
    expect((await create()).how).toBe("created");
    expect(readdirSync(join(app, ".git/worktrees"))).toEqual(["26-01-08-fix"]);
  },
);

test("a folder that is half filled is made again", async () => {
  await create();
  writeFileSync(join(record, "locked"), locked);
  rmSync(join(path, "a"));
  expect((await create()).how).toBe("attached");
  expect(readFileSync(join(path, "a"), "utf8")).toBe("a");
  expect(existsSync(join(record, "locked"))).toBe(false);
});

test("remains of another worktree are left for the one who makes that", async () => {
  leaveRemains({ locked, gitdir: join(root, "other/.git") });
  await create();
  expect(existsSync(join(record, "locked"))).toBe(true);
});

test("a worktree that a person has locked is no remains", async () => {
  await create();
  await git(app, "worktree", "lock", "--reason", "mine", path);
  writeFileSync(join(path, "a"), "work");
  expect((await create()).how).toBe("existing");
  expect(readFileSync(join(path, "a"), "utf8")).toBe("work");
});

test("what someone put beside a .git that was never written is left alone", async () => {
  leaveRemains({ locked, gitdir: `${path}/.git\n` });
  mkdirSync(path);
  writeFileSync(join(path, "notes.md"), "mine");
  expect(String(await failure())).toContain("something else is there");
  expect(readdirSync(path)).toEqual(["notes.md"]);
});
