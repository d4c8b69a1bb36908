import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { WorktreeError } from "../src/worktree-error.ts";
import type { WorktreeRequest } from "../src/worktree.ts";
import { app, commit, create, failure, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

/** Gives the message of the error that `create` throws. */
async function refusal(more?: Partial<WorktreeRequest>): Promise<string> {
  const error = await failure(more);
  expect(error).toBeInstanceOf(WorktreeError);
  expect(error).toMatchObject({ code: "SAMOCODE_WORKTREE_FAILED", path });
  return String(error);
}

/** Runs the command that a message tells the person to run. */
async function followCure(message: string): Promise<void> {
  const [, command] =
    /: ((?:cd|git|mv) [^:]*?)(?:, or .*)?$/m.exec(message.split("\n")[1] ?? "") ?? [];
  const [name, email] = ["Someone", "someone@example.org"];
  await execa("sh", ["-c", command ?? `echo "no command in: ${message}"; exit 1`], {
    env: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    },
  });
}

test.each(["", "ready"])(
  "a repository without a commit says what to do (with files: %j)",
  async (text) => {
    if (text !== "") writeFileSync(join(app, "file"), text);
    const message = await refusal();
    expect(message).toContain("has no commit to start a branch from");
    expect(existsSync(path)).toBe(false);
    await followCure(message);
    expect((await create()).how).toBe("created");
    expect(existsSync(join(path, "file"))).toBe(text !== "");
  },
);

test("a branch that is checked out elsewhere is named with its folder", async () => {
  await commit(app, "a");
  await git(app, "worktree", "add", "-b", "fix", join(root, "elsewhere"));
  expect(await refusal()).toContain(`checked out at ${join(root, "elsewhere")}.\nSwitch that one`);
  rmSync(join(root, "elsewhere"), { recursive: true });
  await followCure(await refusal());
  expect((await create()).how).toBe("attached");
});

test("a worktree on another branch is left alone, and the command that repairs it works", async () => {
  await commit(app, "a");
  await create();
  await git(path, "switch", "--quiet", "--create", "other");
  const message = await refusal();
  expect(message).toContain("with the branch `other` checked out, not `fix`");
  await followCure(message);
  expect((await create()).how).toBe("existing");
  await git(path, "switch", "--quiet", "--detach");
  expect(await refusal()).toContain("with no branch checked out");
});

test("something else in its place is left alone, and the command that repairs it works", async () => {
  await commit(app, "a");
  mkdirSync(path);
  writeFileSync(join(path, "notes.md"), "mine");
  const message = await refusal();
  expect(message).toContain("something else is there");
  expect(readdirSync(path)).toEqual(["notes.md"]);
  await followCure(message);
  expect((await create()).how).toBe("created");
});

test("an empty folder in its place is used, a link is not", async () => {
  await commit(app, "a");
  mkdirSync(join(root, "outside"));
  symlinkSync(join(root, "outside"), path);
  expect(await refusal()).toContain("something else is there");
  expect(readdirSync(join(root, "outside"))).toEqual([]);
  rmSync(path);
  mkdirSync(path);
  expect((await create()).how).toBe("created");
});

test("a worktree of another repository in its place is left alone", async () => {
  await commit(app, "a");
  await git(root, "clone", "--quiet", app, "clone");
  await create({ mainRepo: join(root, "clone") });
  expect(await refusal()).toContain("something else is there");
});

test("a registration that was locked is not removed", async () => {
  await commit(app, "a");
  await create();
  await git(app, "worktree", "lock", "--reason", "on a stick", path);
  rmSync(path, { recursive: true });
  const message = await refusal();
  expect(message).toContain("its folder no longer exists, and it is locked (on a stick)");
  await followCure(message);
  expect((await create()).how).toBe("attached");
});

test("a registered folder that was filled with something else is left alone", async () => {
  await commit(app, "a");
  await create();
  rmSync(path, { recursive: true });
  mkdirSync(path);
  writeFileSync(join(path, "notes.md"), "mine");
  expect(await refusal()).toContain("something else is there");
  expect(readdirSync(path)).toEqual(["notes.md"]);
});

test("no repository, and a branch that git does not take, are told", async () => {
  await commit(app, "a");
  expect(await refusal({ mainRepo: root })).toContain("not a git repository");
  expect(await refusal({ branch: "a..b" })).toContain("it has `..`");
  await git(app, "branch", "me");
  expect(await refusal({ branch: "me/fix" })).toContain("'refs/heads/me' exists");
});
