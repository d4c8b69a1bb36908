// A branch that is there already: the work of whom, and where it stands.
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { app, commit, create, failure, git, path, root, useArena } from "./worktree-arena.ts";

useArena();

const earlier = "26-01-02-fix";

/** A repository whose branch is so many commits ahead of main, and behind it. */
async function prepare(branch: string, ahead: number, behind: number): Promise<void> {
  await git(app, "switch", "--quiet", "--create", branch);
  for (let n = 1; n <= ahead; n++) await commit(app, `ahead-${n}`);
  await git(app, "switch", "--quiet", "main");
  for (let n = 1; n <= behind; n++) await commit(app, `behind-${n}`);
}

beforeEach(async () => {
  await commit(app, "first");
});

describe("without an archived session of the name", () => {
  test.each([
    [0, 0, "0 commits ahead of main and 0 commits behind it"],
    [1, 2, "1 commit ahead of main and 2 commits behind it"],
    [2, 1, "2 commits ahead of main and 1 commit behind it"],
  ])(
    "an existing branch is continued, and that is said (%i ahead, %i behind)",
    async (ahead, behind, where) => {
      await prepare("fix", ahead, behind);
      const was = await git(app, "rev-parse", "fix");
      expect(await create()).toEqual({
        path,
        branch: "fix",
        base: undefined,
        how: "attached",
        notes: [`the session continues the existing branch \`fix\`: it is ${where}`],
      });
      expect(await git(path, "rev-parse", "HEAD")).toBe(was);
    },
  );

  test("a branch of origin is continued and followed, and that is said", async () => {
    await prepare("fix", 1, 1);
    await git(root, "clone", "--quiet", app, "clone");
    const { how, notes } = await create({ mainRepo: join(root, "clone") });
    expect({ how, notes }).toEqual({
      how: "attached",
      notes: [
        "the session continues the existing branch `origin/fix`: it is 1 commit ahead of origin/main and 1 commit behind it",
      ],
    });
    expect(await git(path, "rev-parse", "--abbrev-ref", "@{upstream}")).toBe("origin/fix");
  });
});

describe("with an archived session of the name", () => {
  test("its work is not taken up: the session is refused, with the way out", async () => {
    await prepare("fix", 1, 2);
    const error = await failure({ earlier });
    expect(error).toMatchObject({ code: "SAMOCODE_WORKTREE_FAILED", path });
    expect(String(error)).toBe(
      `WorktreeError: cannot make the worktree \`${path}\`: the branch \`fix\` has the work of the archived session \`${earlier}\`: it is 1 commit ahead of main and 2 commits behind it.\nChoose another name for the session, or rename that branch: git -C ${app} branch -m fix fix-old`,
    );
  });

  test("after what it says to do, the session starts from main", async () => {
    await prepare("me/fix", 1, 1);
    const branch = "me/fix";
    expect(String(await failure({ branch, earlier }))).toContain("branch -m me/fix me/fix-old");
    await git(app, "branch", "-m", "me/fix", "me/fix-old");
    expect(await create({ branch, earlier })).toMatchObject({
      how: "created",
      base: "main",
      notes: [],
    });
  });

  test("a branch of origin with its work is refused as well", async () => {
    await prepare("fix", 1, 0);
    await git(root, "clone", "--quiet", app, "clone");
    const text = String(await failure({ mainRepo: join(root, "clone"), earlier }));
    expect(text).toContain("the branch `origin/fix` has the work of the archived session");
    expect(text).toMatch(/\nChoose another name for the session\.$/);
  });

  test("a merged branch starts again from main", async () => {
    await prepare("fix", 0, 2);
    expect(await create({ earlier })).toEqual({
      path,
      branch: "fix",
      base: "main",
      how: "created",
      notes: [
        `the branch \`fix\` of the archived session \`${earlier}\` has nothing that main lacks: \`fix\` starts from there`,
      ],
    });
    expect(await git(path, "rev-parse", "HEAD")).toBe(await git(app, "rev-parse", "main"));
  });

  test("so does a merged branch of origin", async () => {
    await prepare("fix", 0, 1);
    await git(root, "clone", "--quiet", app, "clone");
    const { how, base, notes } = await create({ mainRepo: join(root, "clone"), earlier });
    expect({ how, base }).toEqual({ how: "created", base: "origin/main" });
    expect(notes).toEqual([expect.stringContaining("`origin/fix` of the archived session")]);
    expect(await git(path, "rev-parse", "HEAD")).toBe(await git(app, "rev-parse", "main"));
  });

  test("without a branch it is of no matter", async () => {
    expect(await create({ earlier })).toMatchObject({ how: "created", notes: [] });
  });
});
