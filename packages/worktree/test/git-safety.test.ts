// What agents write into a repository's configuration is not run by the runner's own git.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, describe, expect, test } from "vitest";
import { isDirty, listChanges } from "../src/changes.ts";
import { listCommits } from "../src/commits.ts";
import { git as runnersGit } from "../src/git.ts";
import { findLosses } from "../src/worktree-removal.ts";
import { app, commit, create, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

/** A program that leaves a trace. */
let evil: string;
const wasRun = (): string =>
  existsSync(join(root, "ran")) ? readFileSync(join(root, "ran"), "utf8") : "";

beforeEach(() => {
  mkdirSync(join(root, "hooks"));
  evil = join(root, "evil");
  writeFileSync(evil, `#!/bin/sh\necho "$0 $*" >> ${root}/ran\n`);
  chmodSync(evil, 0o755);
});

/** Lets all that git can run at a worktree's files be the program. */
async function corrupt(repository: string): Promise<void> {
  for (const hook of ["post-checkout", "post-index-change", "reference-transaction"]) {
    writeFileSync(join(root, "hooks", hook), `#!/bin/sh\necho ${hook} >> ${root}/ran\n`);
    chmodSync(join(root, "hooks", hook), 0o755);
  }
  const programs = {
    "core.hooksPath": join(root, "hooks"),
    "core.fsmonitor": evil,
    "core.pager": evil,
    "filter.x.smudge": evil,
    "filter.x.clean": evil,
    "filter.y.process": evil,
    "filter.y.required": "true",
    "diff.external": evil,
    "diff.x.textconv": evil,
    "diff.x.command": evil,
    "log.showSignature": "true",
    "gpg.program": evil,
  };
  for (const [key, value] of Object.entries(programs)) await git(repository, "config", key, value);
  mkdirSync(join(repository, ".git/info"), { recursive: true });
  writeFileSync(join(repository, ".git/info/attributes"), "a filter=x diff=x\nb filter=y\n");
}

describe("with programs in the configuration of the repository", () => {
  beforeEach(async () => {
    await commit(app, "a");
    await commit(app, "b");
    await corrupt(app);
  });

  test("the program would be run by another git", async () => {
    writeFileSync(join(app, "a"), "A");
    await git(app, "status").catch(() => undefined);
    expect(wasRun()).toContain(evil);
  });

  test("making a worktree runs none, and says which filters were left out", async () => {
    const { how, notes } = await create();
    expect(how).toBe("created");
    expect(readFileSync(join(path, "a"), "utf8")).toBe("a");
    expect(readFileSync(join(path, "b"), "utf8")).toBe("b");
    expect(notes).toEqual([
      "the filter `x` was not run on the files of the worktree: only the repository's own configuration defines it, which agents can change. If it is yours, define it in your own configuration (git config --global)",
      expect.stringContaining("the filter `y` was not run"),
    ]);
    expect(wasRun()).toBe("");
  });

  test("looking for changes runs none", async () => {
    writeFileSync(join(app, "a"), "A");
    expect(await listChanges(app)).toEqual({ ok: true, entries: [" M a"] });
    expect(await isDirty(app)).toBe(true);
    expect(wasRun()).toBe("");
  });

  test("listing commits runs none", async () => {
    expect(await listCommits(app, undefined)).toEqual([
      expect.stringMatching(/^\w+ a$/),
      expect.stringMatching(/^\w+ b$/),
    ]);
    expect(wasRun()).toBe("");
  });
});

test("a filter without a name is not run", async () => {
  await commit(app, "a");
  await git(app, "config", "filter..clean", evil);
  writeFileSync(join(app, ".git/info/attributes"), "* filter=\n");
  writeFileSync(join(app, "a"), "A");
  expect(await listChanges(app)).toEqual({ ok: true, entries: [" M a"] });
  expect(wasRun()).toBe("");
});

test("a filter whose name has an equals sign is refused, with the cure", async () => {
  await commit(app, "a");
  await git(app, "config", "filter.a=b.clean", evil);
  writeFileSync(join(app, ".git/info/attributes"), "* filter=a=b\n");
  writeFileSync(join(app, "a"), "A");
  expect(await listChanges(app)).toEqual({
    ok: false,
    message:
      "the repository's configuration names a program under `filter.a=b.clean`, which samocode cannot disable because of the `=`. Remove it: git config --unset-all filter.a=b.clean",
  });
  expect(wasRun()).toBe("");
});

describe("with a partial clone that names the program to fetch with", () => {
  const missing = "1".repeat(40);
  beforeEach(async () => {
    await commit(app, "a");
    const clone = {
      "core.repositoryFormatVersion": "1",
      "extensions.partialClone": "origin",
      "remote.origin.promisor": "true",
      "remote.origin.url": root,
      "remote.origin.uploadpack": evil,
    };
    for (const [key, value] of Object.entries(clone)) await git(app, "config", key, value);
    writeFileSync(join(app, ".git/refs/heads/missing"), `${missing}\n`);
  });

  test("the program would be run by another git", async () => {
    await git(app, "cat-file", "-e", missing).catch(() => undefined);
    expect(wasRun()).toContain(evil);
  });

  test.each([
    ["cat-file", "-e", missing],
    ["for-each-ref"],
    ["log", missing],
    ["merge-base", "HEAD", missing],
    ["rev-list", "--count", `HEAD..${missing}`],
    ["rev-parse", "--verify", "refs/heads/missing^{commit}"],
  ])("%s runs none", async (...args) => {
    expect((await runnersGit(app, args)).ok).toBe(false);
    expect(wasRun()).toBe("");
  });
});

describe("with a repository inside the worktree that has programs in its configuration", () => {
  let nested: string;
  beforeEach(async () => {
    await commit(app, "first");
    nested = join(app, "sub");
    await git(root, "init", "--quiet", nested);
    await commit(nested, "a");
    await git(app, "add", "sub");
    await git(app, "commit", "--quiet", "--message", "sub");
    await corrupt(nested);
  });

  test("none is run, and a change in it is seen", async () => {
    expect(await isDirty(app)).toBe(false);
    writeFileSync(join(nested, "a"), "A");
    expect(await listChanges(app)).toEqual({ ok: true, entries: [] });
    expect(await isDirty(app)).toBe(true);
    expect(wasRun()).toBe("");
  });

  test("it is lost with its worktree", async () => {
    const worktree = { path: app, branch: "main", locked: undefined, stale: false };
    expect(await findLosses(worktree)).toEqual(["the repository inside it (sub)"]);
    expect(wasRun()).toBe("");
  });

  test("one that is no repository any more is passed over", async () => {
    writeFileSync(join(nested, ".git/HEAD"), "");
    expect(await isDirty(app)).toBe(false);
  });
});

test("what the encoding of git's log output is does not matter", async () => {
  await commit(app, "ä");
  await git(app, "config", "i18n.logOutputEncoding", "ISO-8859-1");
  expect(await listCommits(app, undefined)).toEqual([expect.stringMatching(/^\w+ ä$/)]);
});

test("what is untracked counts, whatever the configuration hides", async () => {
  await commit(app, "a");
  await git(app, "config", "status.showUntrackedFiles", "no");
  writeFileSync(join(app, "new"), "");
  expect(await listChanges(app)).toEqual({ ok: true, entries: ["?? new"] });
});

test("outside a repository it is not known whether anything is changed", async () => {
  expect(await isDirty(root)).toBeUndefined();
  expect((await listChanges(root)).ok).toBe(false);
});

test("a git that does not end is ended", async () => {
  // Git waits for someone to write into the pipe.
  await execa("mkfifo", [join(root, "pipe")]);
  const asked = ["hash-object", join(root, "pipe")];
  const { ok, message } = await runnersGit(app, asked, { timeoutMs: 200 });
  expect({ ok, message }).toEqual({ ok: false, message: "it did not end within 0.2 s" });
});
