import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempProject } from "@samocode/testkit";
import { expect, it } from "vitest";
import { parseShortStat, readBranchResult } from "../src/branch-result.ts";

it.each([
  ["", { files: 0, added: 0, removed: 0 }],
  [" 12 files changed, 345 insertions(+), 67 deletions(-)", { files: 12, added: 345, removed: 67 }],
  [" 1 file changed, 1 insertion(+)", { files: 1, added: 1, removed: 0 }],
  [" 1 file changed, 1 deletion(-)", { files: 1, added: 0, removed: 1 }],
  [" 2 files changed, 0 insertions(+), 0 deletions(-)", { files: 2, added: 0, removed: 0 }],
])("reads %j", (line, stat) => {
  expect(parseShortStat(line)).toEqual(stat);
});

it("compares the branch of a worktree with the default branch, from where it left it", async () => {
  await using project = await createTempProject();
  const worktree = join(project.worktrees, "t");
  await project.git("worktree", "add", "-b", "login", worktree);
  const read = () => readBranchResult(project.repo, worktree);
  const empty = { branch: "login", base: "main", files: 0, added: 0, removed: 0, hasRemote: false };
  expect(await read()).toEqual(empty);
  writeFileSync(join(worktree, "login.txt"), "a\nb\n");
  await project.git("-C", worktree, "add", ".");
  await project.git("-C", worktree, "commit", "-qm", "Add login");
  writeFileSync(join(project.repo, "other.txt"), "x\n");
  await project.git("add", ".");
  await project.git("commit", "-qm", "Go on");
  expect(await read()).toEqual({ ...empty, files: 1, added: 2 });
  await project.git("-C", worktree, "checkout", "-q", "--detach");
  expect(await read()).toBeUndefined();
});

it("knows whether there is a remote", async () => {
  await using project = await createTempProject({ origin: "main" });
  expect(await readBranchResult(project.repo, project.repo)).toMatchObject({
    base: "origin/main",
    hasRemote: true,
  });
});
