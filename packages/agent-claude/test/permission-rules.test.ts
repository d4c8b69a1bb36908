import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { phases } from "@samocode/core";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { denyRules } from "../src/permission-rules.ts";

const paths = {
  sessionFolder: "/s/26-01-15-login",
  workingDir: "/w/26-01-15-login",
  mainRepo: "/app",
  configPath: "/code/.samocode",
  secrets: ["/code/.env"],
};

it("planning may change neither code nor what is the runner's, and not decide for a person", async () => {
  expect(denyRules("planning", paths)).toEqual([
    "Edit(//w/26-01-15-login)",
    "Edit(//s/26-01-15-login/_signal_history.jsonl)",
    "Edit(//s/26-01-15-login/_logs)",
    "Edit(//s/26-01-15-login/_late)",
    "Edit(//s/26-01-15-login/.run.lock)",
    "Edit(//s/26-01-15-login/.write.lock)",
    "Edit(//app)",
    "Edit(//code/.samocode)",
    "Edit(//code/.samocode.d)",
    "Edit(//code/.env)",
    "Read(//code/.env)",
    "Bash(samocode-run:*)",
    "Bash(git push:*)",
  ]);
});

it("only the phases that write code may change it", async () => {
  const rules = phases.map((phase) => denyRules(phase, paths));
  const closed = rules.map((each) => each.includes("Edit(//w/26-01-15-login)"));
  expect(closed).toEqual([true, true, false, false, false, true]);
});

it("the main repository is closed, unless the worktree or the session is in it", async () => {
  for (const inside of [
    { workingDir: "/app" },
    { workingDir: "/app/.worktrees/x" },
    { sessionFolder: "/app/_sessions/x" },
  ]) {
    expect(denyRules("testing", { ...paths, ...inside })).not.toContain("Edit(//app)");
  }
  const beside = { ...paths, workingDir: "/app-worktrees/x" };
  expect(denyRules("testing", beside)).toContain("Edit(//app)");
});

it("a path with signs of a pattern in it is meant as it is, and one through a link under both names", async () => {
  await using folder = await createTempFolder("samocode-rules-");
  const real = join(realpathSync(folder.path), "a [b]*");
  mkdirSync(real);
  symlinkSync(real, join(folder.path, "link"));
  const rules = denyRules("done", { ...paths, workingDir: join(folder.path, "link", "new") });
  expect(rules).toContain(`Edit(/${folder.path}/link/new)`);
  expect(rules).toContain(String.raw`Edit(/${realpathSync(folder.path)}/a \[b\]\*/new)`);
});
