import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nameBefore } from "@samocode/worktree";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";
import { planned } from "../../../session/test/support/waiting-session.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const name = "26-01-15-login";
const worktree = (): string => join(bench.project.worktrees, name);
const away = (folder = name): string => join(bench.project.sessions, "_archive", folder);

/** A session at the gate, with a worktree that holds a commit. */
async function addWithWorktree(): Promise<void> {
  const { project } = bench;
  const { write, read } = bench.add(name, { ...planned, task: "Add JWT login." });
  write("_overview.md", read("_overview.md").replace("\n", `\nWorking Dir: ${worktree()}\n`));
  await project.git("worktree", "add", "-q", "-b", "login", worktree());
  writeFileSync(join(worktree(), "login.txt"), "jwt\n");
  await project.git("-C", worktree(), "add", ".");
  await project.git("-C", worktree(), "commit", "-qm", "Add login");
}

it("archives a session and restores it, with its worktree", async () => {
  await addWithWorktree();
  expect(await bench.run("archive", "login")).toEqual({
    exitCode: 0,
    stdout: `login: archived in ${away()}\n  worktree ${worktree()} removed, the branch login is kept\nRestore: samocode-run restore ${name}\n`,
    stderr: "",
  });
  expect(existsSync(worktree())).toBe(false);
  expect(await bench.run("restore", "login")).toEqual({
    exitCode: 0,
    stdout: `login: restored to ${join(bench.project.sessions, name)}\n  worktree ${worktree()}, branch login\nContinue: samocode-run login\n`,
    stderr:
      "samocode-run: the session continues the existing branch `login`: it is 1 commit ahead of main and 0 commits behind it\n",
  });
  expect(existsSync(join(worktree(), "login.txt"))).toBe(true);
  expect(readdirSync(join(bench.project.sessions, name))).not.toContain(".run.lock");
  expect(readdirSync(away(""))).toEqual([]);
  expect((await bench.run("status", "login")).stdout).toMatch(/^login: waits for approval/);
});

it("lists and shows what is archived", async () => {
  await addWithWorktree();
  await bench.run("archive", "login");
  expect((await bench.run("list")).stdout).toMatch(/^No session in /);
  expect((await bench.run("list", "--archived")).stdout).toMatch(
    /\nlogin +planning +waits for approval of the plan .* Add JWT/,
  );
  expect(JSON.parse((await bench.run("list", "--archived", "--json")).stdout)).toMatchObject([
    { name: "login", archived: true, folder: away() },
  ]);
  for (const argument of ["login", name, away(), `sessions/_archive/${name}`]) {
    const { exitCode, stdout } = await bench.run("status", argument);
    expect({ argument, exitCode }).toEqual({ argument, exitCode: 0 });
    expect(stdout).toMatch(/^login: waits for approval of the plan \(archived\)\n/);
    expect(stdout).toContain("Restore: samocode-run restore login\n");
    expect(stdout).not.toContain("samocode-run approve");
  }
  expect((await bench.run("show", "login")).stdout).toContain("Add JWT login.");
  expect(JSON.parse((await bench.run("show", "login", "--json")).stdout)).toMatchObject({
    archived: true,
  });
  expect((await bench.run("logs", "login")).stderr).toContain("no agent has run yet");
  expect((await bench.run("graph", "login")).exitCode).toBe(0);
  expect((await bench.run("complete", "--", "restore", "")).stdout).toBe("login\tsession\n");
});

it("decides nothing in the archive, and says how to bring a session back", async () => {
  await addWithWorktree();
  await bench.run("archive", "login");
  for (const words of [["approve"], ["resume"], ["stop"], ["archive"], ["answer"]]) {
    const { exitCode, stderr } = await bench.run(...words, "login");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("It is archived; restore it: samocode-run restore login. ");
  }
});

it("prefers the session that is there to the one in the archive", async () => {
  await addWithWorktree();
  await bench.run("archive", "login");
  bench.add("26-02-01-login", { status: { Phase: "testing", Blocked: "no" } });
  expect((await bench.run("status", "login")).stdout).toMatch(/^login: ready to continue\n/);
  expect(JSON.parse((await bench.run("status", "login", "--json")).stdout)).not.toHaveProperty(
    "archived",
  );
});

it("does not take the place of another session", async () => {
  await addWithWorktree();
  await bench.run("archive", "login");
  bench.add(name, planned);
  const { exitCode, stderr } = await bench.run("restore", "login");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("cannot restore `login`: ");
  expect(stderr).toContain(`Archive that session first: samocode-run archive ${name}`);
  expect(readdirSync(away())).not.toContain(".run.lock");
});

it("restores under its old name what was archived under a taken one", async () => {
  await addWithWorktree();
  mkdirSync(away(), { recursive: true });
  const { stdout } = await bench.run("archive", "login");
  expect(stdout).toContain(`Restore: samocode-run restore ${name}-2\n`);
  expect((await bench.run("restore", `${name}-2`)).stdout).toContain(
    `login: restored to ${join(bench.project.sessions, name)}\n`,
  );
});

it("says that the branch is gone, and makes none", async () => {
  await addWithWorktree();
  await bench.run("archive", "login");
  await bench.project.git("branch", "-D", "login");
  const { exitCode, stdout, stderr } = await bench.run("restore", "login", "--json");
  expect(exitCode).toBe(0);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    session: "login",
    folder: join(bench.project.sessions, name),
    notes: ["the branch `login` is gone: the next run starts a new one from the base"],
  });
  expect(existsSync(worktree())).toBe(false);
});

it("knows what is not archived", async () => {
  const { exitCode, stderr } = await bench.run("restore", "login");
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `samocode-run: cannot find an archived session \`login\`: nothing is archived in \`${bench.project.sessions}\`.\n`,
  });
  bench.add(name, planned);
  symlinkSync(bench.project.sessions, join(bench.project.sessions, "_archive"));
  expect((await bench.run("restore", "login")).stderr).toContain("nothing is archived");
  expect((await bench.run("list", "--archived")).stdout).toMatch(/^No archived session/);
});

it.each([
  ["26-01-15-login-2", "/w/26-01-15-login", "26-01-15-login"],
  ["26-01-15-login-12", "/w/26-01-15-login", "26-01-15-login"],
  ["26-01-15-login", "/w/26-01-15-login", "26-01-15-login"],
  ["26-01-15-login-2", "/w/26-01-15-login-2", "26-01-15-login-2"],
  ["26-01-15-login-b", "/w/26-01-15-login", "26-01-15-login-b"],
  ["26-01-15-login-2b", "/w/26-01-15-login", "26-01-15-login-2b"],
  ["26-01-15-login-2", undefined, "26-01-15-login-2"],
  ["26-01-15-login-2", "/w/other", "26-01-15-login-2"],
])("%s with the worktree %s was %s before", (archived, workingDir, before) => {
  expect(nameBefore(archived, workingDir)).toBe(before);
});
