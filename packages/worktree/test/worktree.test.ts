import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { app, commit, create, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

test("a new branch starts from the local default branch if there is no remote", async () => {
  const first = await commit(app, "a");
  await git(app, "switch", "--quiet", "--create", "other");
  await commit(app, "b");
  expect(await create()).toEqual({ path, branch: "fix", base: "main", how: "created", notes: [] });
  expect(await git(path, "rev-parse", "HEAD")).toBe(first);
  expect(await git(path, "branch", "--show-current")).toBe("fix");
});

test("a new branch starts from the default branch of origin, and has no upstream to push to by mistake", async () => {
  await commit(app, "a");
  await git(app, "branch", "--move", "trunk");
  await git(root, "clone", "--quiet", app, "clone");
  const clone = join(root, "clone");
  await commit(clone, "only-here");
  const { base, notes } = await create({ mainRepo: clone });
  expect(base).toBe("origin/trunk");
  expect(notes).toEqual([
    "the worktree starts from origin/trunk, without the 1 commits that only trunk has",
  ]);
  expect(await git(path, "rev-parse", "HEAD")).toBe(await git(app, "rev-parse", "HEAD"));
  await expect(git(path, "rev-parse", "@{upstream}")).rejects.toThrow("no upstream");
});

test("without origin/HEAD, origin/main is the default branch of origin", async () => {
  await commit(app, "a");
  await git(root, "clone", "--quiet", app, "clone");
  await git(join(root, "clone"), "remote", "set-head", "origin", "--delete");
  expect((await create({ mainRepo: join(root, "clone") })).base).toBe("origin/main");
});

test("a remote that was never fetched is as good as none", async () => {
  await commit(app, "a");
  await git(app, "remote", "add", "origin", join(root, "gone"));
  expect((await create()).base).toBe("main");
});

test("where no branch has a usual name, what is checked out is the base", async () => {
  await commit(app, "a");
  await git(app, "branch", "--move", "odd");
  expect((await create()).how).toBe("created");
});

test("a branch that is there is attached, with what it has", async () => {
  await commit(app, "a");
  await git(app, "branch", "me/fix");
  await commit(app, "b");
  const worktree = await create({ branch: "me/fix" });
  expect(worktree).toEqual({
    path,
    branch: "me/fix",
    base: undefined,
    how: "attached",
    notes: [expect.stringContaining("`me/fix`")],
  });
  expect(existsSync(join(path, "b"))).toBe(false);
});

test("a branch that only origin has is attached and goes on from there", async () => {
  await commit(app, "a");
  await git(app, "switch", "--quiet", "--create", "fix");
  const there = await commit(app, "b");
  await git(app, "switch", "--quiet", "main");
  await git(root, "clone", "--quiet", app, "clone");
  expect((await create({ mainRepo: join(root, "clone") })).how).toBe("attached");
  expect(await git(path, "rev-parse", "HEAD", "@{upstream}")).toBe(`${there}\n${there}`);
});

test("a tag with the name of the base or of the branch does not come in between", async () => {
  await commit(app, "a");
  await git(app, "tag", "main");
  await git(app, "tag", "fix");
  const second = await commit(app, "b");
  await create();
  expect(await git(path, "rev-parse", "HEAD")).toBe(second);
});

test("a bare main repository will do", async () => {
  await commit(app, "a");
  await git(root, "clone", "--quiet", "--bare", app, "bare.git");
  expect((await create({ mainRepo: join(root, "bare.git") })).base).toBe("main");
});

test("what is not committed stays where it is, and that is told", async () => {
  await commit(app, "a");
  writeFileSync(join(app, "a"), "changed");
  const { notes } = await create();
  expect(notes).toEqual([`uncommitted changes in ${app} are not in the worktree`]);
  expect(readFileSync(join(app, "a"), "utf8")).toBe("changed");
  expect(readFileSync(join(path, "a"), "utf8")).toBe("a");
});

test("a second call finds the worktree and changes nothing in it", async () => {
  await commit(app, "a");
  await create();
  writeFileSync(join(path, "a"), "work of the agent");
  expect(await create()).toEqual({
    path,
    branch: "fix",
    base: undefined,
    how: "existing",
    notes: [],
  });
  expect(readFileSync(join(path, "a"), "utf8")).toBe("work of the agent");
});

test("WORKTREES may be reached through a link", async () => {
  await commit(app, "a");
  await create();
  symlinkSync(join(root, "worktrees"), join(root, "link"));
  expect((await create({ worktrees: join(root, "link") })).how).toBe("existing");
});

test.each(["the folder", "all in the folder"])(
  "when a person has removed %s, only that registration is renewed",
  async (what) => {
    await commit(app, "a");
    await create();
    await git(app, "worktree", "add", "--quiet", join(root, "unmounted"));
    rmSync(join(root, "unmounted"), { recursive: true });
    rmSync(path, { recursive: true });
    if (what !== "the folder") mkdirSync(path);
    expect((await create()).how).toBe("attached");
    expect(await git(app, "worktree", "list")).toContain(join(root, "unmounted"));
  },
);

test("a hook of the repository is not run", async () => {
  await commit(app, "a");
  const hook = join(app, ".git/hooks/post-checkout");
  mkdirSync(join(app, ".git/hooks"), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\ntouch ${root}/ran\nexit 1\n`);
  chmodSync(hook, 0o755);
  const { how, notes } = await create();
  expect({ how, notes }).toEqual({ how: "created", notes: [] });
  expect(existsSync(join(root, "ran"))).toBe(false);
});

test("the variables of a hook that samocode was called from are not passed on", async () => {
  await commit(app, "a");
  await git(root, "clone", "--quiet", app, "clone");
  process.env["GIT_DIR"] = join(root, "clone/.git");
  try {
    await create();
  } finally {
    delete process.env["GIT_DIR"];
  }
  expect(await git(app, "worktree", "list")).toContain(path);
});

test("making it can be cancelled, and made after that", async () => {
  await commit(app, "a");
  await expect(create({ cancel: AbortSignal.abort() })).rejects.toThrow("aborted");
  expect((await create()).path).toBe(path);
});
