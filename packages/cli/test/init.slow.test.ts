import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempProject } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createRunnerCli } from "./support/runner-cli.ts";

/** A repository in which samocode was never set up, and the binary in one of its folders. */
async function createNewcomer() {
  const project = await createTempProject();
  rmSync(project.config);
  const at = (root: string) => createRunnerCli({ ...project, root }, project.env);
  return { project, at, [Symbol.asyncDispose]: () => project.dispose() };
}

it("writes a configuration with which the next command works, and says what that is", async () => {
  await using newcomer = await createNewcomer();
  const { project, at } = newcomer;
  const sub = join(project.repo, "src");
  mkdirSync(sub);
  const { exitCode, stdout } = await at(sub).run("init");
  expect(exitCode).toBe(0);
  expect(readFileSync(join(project.repo, ".samocode"), "utf8")).toBe(
    `MAIN_REPO=${project.repo}\nWORKTREES=${project.repo}-worktrees\nSESSIONS=${project.repo}-sessions\n# TEST_COMMAND=npm test\n`,
  );
  expect(stdout).toContain("Check the setup: samocode-run doctor\n");
  expect(stdout).toContain('Start a session: samocode-run NAME --task "what to do"');
  expect(stdout).toContain(`echo .samocode >> ${project.repo}/.git/info/exclude`);
  expect(await at(sub).run("list")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(`No session in ${project.repo}-sessions`),
  });
});

it("sets up the repository itself when it is called in a worktree of it", async () => {
  await using newcomer = await createNewcomer();
  const { project, at } = newcomer;
  const worktree = join(project.root, "other");
  await project.git("worktree", "add", "--quiet", worktree);
  const { exitCode, stdout } = await at(worktree).run("init", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    path: join(project.repo, ".samocode"),
    mainRepo: project.repo,
    sessions: `${project.repo}-sessions`,
    next: ["samocode-run doctor", expect.any(String)],
  });
});

it("never overwrites, also what it did not write itself", async () => {
  await using newcomer = await createNewcomer();
  const { project, at } = newcomer;
  const path = join(project.repo, ".samocode");
  writeFileSync(path, "# mine\n");
  const { exitCode, stderr } = await at(project.repo).run("init");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`cannot write \`${path}\`: it already exists. Edit it`);
  expect(readFileSync(path, "utf8")).toBe("# mine\n");
  expect(existsSync(`${project.repo}-sessions`)).toBe(false);
});

it("leaves nothing behind where a folder cannot be made, and says what is in the way", async () => {
  await using newcomer = await createNewcomer();
  const { project, at } = newcomer;
  writeFileSync(`${project.repo}-sessions`, "a file");
  const before = readdirSync(project.root);
  const { exitCode, stderr } = await at(project.repo).run("init");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `cannot create \`${project.repo}-sessions\`: something else has that name`,
  );
  expect(readdirSync(project.root)).toEqual(before);
  expect(existsSync(join(project.repo, ".samocode"))).toBe(false);
});

it("tells of a configuration above that counts no longer, and of a repository without a commit", async () => {
  const project = await createTempProject({ commits: false });
  try {
    const { run } = createRunnerCli({ ...project, root: project.repo }, project.env);
    const { exitCode, stdout } = await run("init");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`It overrides ${project.config}.`);
    expect(stdout).toContain("The repository has no commits yet");
  } finally {
    await project.dispose();
  }
});

it("says outside of a repository, in a bare one, and without git, what is needed", async () => {
  await using newcomer = await createNewcomer();
  const { project, at } = newcomer;
  expect(await at(project.root).run("init")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(
      "expected a git repository. Change to yours, or create one: git init",
    ),
  });
  const bare = join(project.root, "bare.git");
  await project.git("init", "--quiet", "--bare", bare);
  expect(await at(bare).run("init")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("this is a bare repository"),
  });
  const gitless = createRunnerCli(project, { ...project.env, PATH: project.home });
  expect(await gitless.run("init")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("git is not on the PATH. Install it"),
  });
});
