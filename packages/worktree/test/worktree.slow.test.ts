import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { app, commit, create, failure, git, path, useArena } from "./worktree-arena.ts";

useArena();

test("wherever git was killed while it made the worktree, the next call makes it whole", async () => {
  for (let file = 0; file < 150; file += 1)
    writeFileSync(join(app, `f${file}`), "x".repeat(20_000));
  await git(app, "add", "--all");
  await git(app, "commit", "--quiet", "--message", "many");
  for (let afterMs = 1; afterMs <= 21; afterMs += 2) {
    const args = ["-C", app, "worktree", "add", "--no-track", "-b", "fix", "--", path, "main"];
    const child = spawn("git", args, { detached: true, stdio: "ignore" });
    await sleep(afterMs);
    const ended = once(child, "exit");
    if (child.exitCode === null) {
      process.kill(-(child.pid ?? 0), "SIGKILL");
      await ended;
    }
    // A ref that git was just writing stays locked; git names the file and asks the person to remove it.
    const [, refLock] =
      /Unable to create '(.*\.lock)': File exists/.exec(String(await failure())) ?? [];
    if (refLock !== undefined) rmSync(refLock);
    await create();
    expect(await git(path, "status", "--porcelain")).toBe("");
    expect(await git(path, "branch", "--show-current")).toBe("fix");
    await git(app, "worktree", "remove", path);
    await git(app, "branch", "--quiet", "-D", "fix");
  }
});

test("a git that outlived its runner is waited for, not disturbed", async () => {
  await commit(app, "a");
  const slow = `sleep 0.5; cat`;
  await git(app, "config", "filter.slow.smudge", slow);
  writeFileSync(join(app, ".git/info/attributes"), "a filter=slow\n");
  const args = ["-C", app, "worktree", "add", "-b", "fix", "--", path, "main"];
  const child = spawn("git", args, { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!existsSync(join(path, ".git"))) await sleep(5);
  expect((await create()).how).toBe("existing");
  expect(readFileSync(join(path, "a"), "utf8")).toBe("a");
  expect(await ended).toEqual([0, null]);
});
