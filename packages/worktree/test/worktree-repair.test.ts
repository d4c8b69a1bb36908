import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { checkWorkingDir } from "../src/working-dir.ts";
import { repairWorktree } from "../src/worktree-repair.ts";
import { app, commit, create, failure, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

let moved: string;
beforeEach(async () => {
  moved = join(root, "moved");
  await commit(app, "a");
  await create();
});

const works = async (folder: string): Promise<boolean> =>
  git(folder, "status").then(
    () => true,
    () => false,
  );
const record = (repo: string): string => join(repo, ".git/worktrees/26-01-08-fix");

/** What `run` says about the folder that the agents are to work in. */
async function check(mainRepo: string, folder = path): Promise<readonly string[]> {
  const said: string[] = [];
  await checkWorkingDir({ mainRepo, worktrees: join(root, "worktrees") }, folder, (text) =>
    said.push(text),
  );
  return said;
}

describe("a worktree is joined to its repository again", () => {
  test("after the repository was moved", async () => {
    renameSync(app, moved);
    expect(await works(path)).toBe(false);
    expect(await check(moved)).toEqual([
      `the worktree \`${path}\` had lost its repository and was reconnected to \`${moved}\``,
    ]);
    expect(await works(path)).toBe(true);
    expect(await git(path, "branch", "--show-current")).toBe("fix");
    expect(readFileSync(join(path, ".git"), "utf8")).toBe(`gitdir: ${record(moved)}\n`);
    expect(await check(moved)).toEqual([]);
  });

  test("after the worktrees were moved", async () => {
    renameSync(join(root, "worktrees"), join(root, "trees"));
    const worktrees = join(root, "trees");
    const { how, notes } = await create({ worktrees });
    expect({ how, notes }).toEqual({
      how: "existing",
      notes: [`the worktree was reconnected to \`${app}\``],
    });
    expect(await git(app, "worktree", "list")).toContain(join(worktrees, "26-01-08-fix"));
    expect(await git(app, "worktree", "list")).not.toContain(path);
  });

  test("after both were moved", async () => {
    renameSync(app, moved);
    renameSync(join(root, "worktrees"), join(root, "trees"));
    const worktrees = join(root, "trees");
    expect(await create({ mainRepo: moved, worktrees })).toMatchObject({ how: "existing" });
    expect(await works(join(worktrees, "26-01-08-fix"))).toBe(true);
  });

  test("after its `.git` was removed", async () => {
    rmSync(join(path, ".git"));
    expect(await check(app)).toHaveLength(1);
    expect(await works(path)).toBe(true);
  });

  test("if there is nothing to repair, nothing is done", async () => {
    expect(await repairWorktree(app, path)).toBe(false);
    expect(await check(app)).toEqual([]);
  });
});

/** Why a folder is refused. */
const refusal = async (mainRepo = app): Promise<string> =>
  check(mainRepo).then(
    () => "",
    (error: unknown) => String(error),
  );

describe("no agent works in a worktree in which git does not", () => {
  test("after its record was pruned, the cure is named", async () => {
    rmSync(record(app), { recursive: true });
    const text = await refusal();
    expect(text).toContain(`cannot use the worktree \`${path}\`: git fails there`);
    expect(text).toContain(`git -C ${app} worktree repair ${path}`);
    expect(text).toContain(`mv ${path} ${path}.old`);
    expect(existsSync(join(path, "a"))).toBe(true);
  });

  test("after that cure, it is made again from its branch", async () => {
    rmSync(record(app), { recursive: true });
    renameSync(path, `${path}.old`);
    expect(await create()).toMatchObject({ how: "attached" });
  });

  test.each(["a link", "a folder", "nonsense"])("with %s as its `.git`", async (what) => {
    const victim = join(root, "victim");
    writeFileSync(victim, "precious");
    rmSync(join(path, ".git"));
    if (what === "a link") symlinkSync(victim, join(path, ".git"));
    else if (what === "a folder") mkdirSync(join(path, ".git"));
    else writeFileSync(join(path, ".git"), what);
    expect(await refusal()).toContain("git fails there");
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  test("if it would be taken for the repository around it", async () => {
    await git(root, "init", "--quiet");
    rmSync(join(path, ".git"));
    rmSync(record(app), { recursive: true });
    expect(await refusal()).toContain(`it belongs to the repository around it, ${root}`);
  });
});

describe("nothing that is another's is taken", () => {
  test("a copy of a worktree leaves the first one its record", async () => {
    mkdirSync(join(root, "copy/26-01-08-fix"), { recursive: true });
    const copy = join(root, "copy/26-01-08-fix");
    writeFileSync(join(copy, ".git"), readFileSync(join(path, ".git")));
    expect(await repairWorktree(app, copy)).toBe(false);
    expect(readFileSync(join(record(app), "gitdir"), "utf8")).toBe(`${path}/.git\n`);
  });

  test("a worktree of a repository that is there stays that one's", async () => {
    await git(root, "clone", "--quiet", app, "clone");
    const clone = join(root, "clone");
    mkdirSync(record(clone), { recursive: true });
    writeFileSync(join(record(clone), "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(join(record(clone), "gitdir"), "/gone/26-01-08-fix/.git\n");
    expect(await repairWorktree(clone, path)).toBe(false);
    expect(await check(clone)).toEqual([expect.stringContaining("is not a worktree of")]);
  });

  test("a record of another folder is not taken for this one's", async () => {
    renameSync(app, moved);
    writeFileSync(join(record(moved), "gitdir"), "/gone/26-01-08-other/.git\n");
    expect(await repairWorktree(moved, path)).toBe(false);
  });

  test("a link in the place of the draft is not followed", async () => {
    const victim = join(root, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, join(path, ".git.samocode-draft"));
    renameSync(app, moved);
    expect(await repairWorktree(moved, path)).toBe(true);
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(lstatSync(join(path, ".git")).isFile()).toBe(true);
    expect(existsSync(join(path, ".git.samocode-draft"))).toBe(false);
  });

  test("a record that is a link is none", async () => {
    renameSync(app, moved);
    renameSync(record(moved), join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), record(moved));
    expect(await repairWorktree(moved, path)).toBe(false);
  });

  test("outside a repository there is nothing to repair", async () => {
    expect(await repairWorktree(root, path)).toBe(false);
  });
});

describe("a folder that is no worktree of the session", () => {
  test("is used if the overview says so, with a word", async () => {
    mkdirSync(join(root, "plain"));
    expect(await check(app, join(root, "plain"))).toEqual([
      expect.stringContaining("is not a worktree of"),
    ]);
  });

  test("may be the repository itself, or a folder in the worktree", async () => {
    mkdirSync(join(path, "packages"));
    expect(await check(app, app)).toEqual([]);
    expect(await check(app, join(path, "packages"))).toEqual([]);
  });
});

test("a half-made worktree of another session is left to it", async () => {
  const other = join(app, ".git/worktrees/26-01-08-b1");
  mkdirSync(other);
  writeFileSync(join(other, "locked"), "initializing");
  writeFileSync(join(other, "commondir"), "../..\n");
  await create({ folderName: "26-01-08-b2", branch: "b2" });
  expect(existsSync(other)).toBe(true);
  await create({ folderName: "26-01-08-b", branch: "b" });
  expect(existsSync(other)).toBe(false);
});

test("what stands in the way for a moment is waited for", async () => {
  const lock = join(app, ".git/config.lock");
  await git(app, "branch", "fix2");
  await git(root, "clone", "--quiet", app, "clone");
  const clone = join(root, "clone");
  for (const name of ["config.lock", "packed-refs.lock", "refs/heads/fix2.lock"]) {
    writeFileSync(join(clone, ".git", name), "");
    setTimeout(() => rmSync(join(clone, ".git", name)), 300);
  }
  const made = await create({ mainRepo: clone, folderName: "26-01-08-fix2", branch: "fix2" });
  expect(made.how).toBe("attached");
  expect(await git(made.path, "rev-parse", "--abbrev-ref", "@{upstream}")).toBe("origin/fix2");
  expect(existsSync(lock)).toBe(false);
});

test("a repository that is none is told at once", async () => {
  expect(String(await failure({ mainRepo: root, branch: "x", folderName: "x" }))).toContain(
    "not a git repository",
  );
});
