import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { cleanEnvironment, createTempProject } from "../src/index.ts";

test("a project has a repository with one commit on main, and a config that names its folders", async () => {
  await using project = await createTempProject({ settings: { TEST_COMMAND: "npm test" } });
  expect(await project.git("rev-list", "--count", "main")).toBe("1");
  expect(await project.git("status", "--porcelain")).toBe("");
  expect(await project.git("remote")).toBe("");
  expect(readFileSync(project.config, "utf8")).toBe(
    `MAIN_REPO=${project.repo}\nWORKTREES=${project.worktrees}\nSESSIONS=${project.sessions}\nTEST_COMMAND=npm test\n`,
  );
});

test("a project can have no commit yet", async () => {
  await using project = await createTempProject({ commits: false });
  await expect(project.git("rev-parse", "HEAD")).rejects.toThrow("HEAD");
  await expect(createTempProject({ commits: false, origin: "main" })).rejects.toThrow(
    "nothing to push",
  );
});

test("a project can have an origin whose default branch has another name", async () => {
  await using project = await createTempProject({ origin: "trunk" });
  expect(await project.git("symbolic-ref", "refs/remotes/origin/HEAD")).toBe(
    "refs/remotes/origin/trunk",
  );
  expect(await project.git("rev-parse", "origin/trunk")).toBe(
    await project.git("rev-parse", "main"),
  );
});

test("a dirty project has a changed file and one that is not tracked", async () => {
  await using project = await createTempProject({ dirty: true });
  expect(await project.git("status", "--porcelain")).toBe(" M README.md\n?? scratch.txt");
});

test("nothing is left of a project after `dispose`, and a second call does nothing", async () => {
  const project = await createTempProject();
  await project.dispose();
  await project.dispose();
  expect(existsSync(project.root)).toBe(false);
});

test("a clean environment has nothing of this machine but the path", () => {
  const env = cleanEnvironment({ home: "/home/x", variables: { TZ: "Europe/Rome" } });
  const own = Object.entries(env).filter(([name, value]) => process.env[name] === value);
  expect(own.map(([name]) => name).filter((name) => name !== "IS_SANDBOX")).toEqual(["PATH"]);
  expect(env).toMatchObject({ HOME: "/home/x", TZ: "Europe/Rome", DISABLE_TELEMETRY: "1" });
});
