import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { poll } = expect;

/** A session at rest, with a worktree in which a file was committed. */
async function createRested(): Promise<Bench> {
  const bench = await createBench({ calls: [[...steps.implement.slice(0, 2), ...steps.ask]] });
  await bench.run("t", "--task", "x");
  return bench;
}

const worktreeOf = ({ project }: Bench): string =>
  join(project.worktrees, readdirSync(project.worktrees)[0] ?? "");

it("puts a session away: folder moved, worktree removed, branch and its commits kept", async () => {
  await using bench = await createRested();
  const { project, run } = bench;
  const folder = bench.folder();
  const name = folder.slice(project.sessions.length + 1);
  const overview = bench.file("_overview.md");
  const { exitCode, stdout } = await run("archive", "t");
  expect(exitCode).toBe(0);
  const away = join(project.sessions, "_archive", name);
  expect(stdout).toContain(`t: archived in ${away}\n`);
  expect(stdout).toContain("removed, the branch t is kept");
  expect(readFileSync(join(away, "_overview.md"), "utf8")).toBe(overview);
  expect(readdirSync(away)).not.toContain(".run.lock");
  expect(readdirSync(project.sessions)).toEqual(["_archive"]);
  expect(readdirSync(project.worktrees)).toEqual([]);
  expect(await project.git("worktree", "list")).not.toContain(name);
  expect(await project.git("log", "--oneline", "t")).toContain("Add login");
  expect(await run("approve", "t")).toMatchObject({ exitCode: 2 });
  expect((await run("status", "t")).stdout).toContain("(archived)");
});

it("brings a session back with the command that it tells, and the next run goes on", async () => {
  await using bench = await createRested();
  const { stdout } = await bench.run("archive", "t");
  const [, archived = ""] = /Restore: samocode-run restore (\S+)/.exec(stdout) ?? [];
  expect(await bench.run("restore", archived)).toMatchObject({ exitCode: 0 });
  expect(await bench.run("t", "--no-wait")).toMatchObject({ exitCode: 3 });
  expect(readFileSync(join(worktreeOf(bench), "login.txt"), "utf8")).toBe("jwt\n");
});

it.each([
  [
    "a changed file",
    (path: string) => writeFileSync(join(path, "README.md"), "mine\n"),
    "1 not committed (README.md)",
  ],
  [
    "a new file",
    (path: string) => writeFileSync(join(path, "notes.txt"), "mine\n"),
    "1 not tracked (notes.txt)",
  ],
])("loses no work without --force: %s", async (_, work, told) => {
  await using bench = await createRested();
  const path = worktreeOf(bench);
  work(path);
  const { exitCode, stderr } = await bench.run("archive", "t");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`work in \`${path}\` would be lost: ${told}. Commit it there, keep`);
  expect(bench.status().phase).toBe("investigation");
  expect(existsSync(path)).toBe(true);
  expect(await bench.run("archive", "t", "--force")).toMatchObject({ exitCode: 0 });
  expect(existsSync(path)).toBe(false);
});

it("loses no commit that is on no branch", async () => {
  await using bench = await createRested();
  const path = worktreeOf(bench);
  await bench.project.git("-C", path, "checkout", "--quiet", "--detach");
  expect(await bench.run("archive", "t", "--json")).toMatchObject({ exitCode: 0 });

  await using other = await createRested();
  const loose = worktreeOf(other);
  await other.project.git("-C", loose, "checkout", "--quiet", "--detach");
  await other.project.git("-C", loose, "commit", "--quiet", "--allow-empty", "-m", "Loose");
  const { exitCode, stderr } = await other.run("archive", "t");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("is on no branch");
});

it("keeps the worktree, and what is in it, with --keep", async () => {
  await using bench = await createRested();
  const path = worktreeOf(bench);
  writeFileSync(join(path, "notes.txt"), "mine\n");
  const { exitCode, stdout } = await bench.run("archive", "t", "--keep", "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    session: "t",
    worktree: { path, branch: "t", removed: false },
  });
  expect(readFileSync(join(path, "notes.txt"), "utf8")).toBe("mine\n");
  expect(readdirSync(bench.project.sessions)).toEqual(["_archive"]);
});

it("puts two sessions of one name away beside each other", async () => {
  await using bench = await createRested();
  const folder = bench.folder();
  const taken = join(
    bench.project.sessions,
    "_archive",
    folder.slice(bench.project.sessions.length + 1),
  );
  mkdirSync(taken, { recursive: true });
  expect(await bench.run("archive", "t")).toMatchObject({ exitCode: 0 });
  expect(readdirSync(`${taken}-2`)).toContain("_overview.md");
  expect(readdirSync(taken)).toEqual([]);
});

it("leaves a session alone that a run holds, and one whose run died while its agent goes on", async () => {
  await using bench = await createBench({ calls: [[{ do: "hang" }]] });
  const running = bench.start("t", "--task", "x");
  await poll(() => bench.claude.calls().length).toBe(1);
  await poll(() => bench.records().at(-1)?.to).toBe("working.investigation");
  const held = await bench.run("archive", "t", "--force");
  expect(held).toMatchObject({ exitCode: 5 });
  expect(held.stderr).toContain(`pid ${running.pid}`);
  running.kill("SIGKILL");
  await running;
  const { exitCode, stderr } = await bench.run("archive", "t", "--force");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("an agent still works (pid ");
  expect(bench.status().phase).toBe("investigation");
});

it("removes nothing but a worktree of this project, whatever the overview says", async () => {
  await using bench = await createRested();
  const { project, run } = bench;
  const path = worktreeOf(bench);
  const overview = join(bench.folder(), "_overview.md");
  const elsewhere = join(project.root, "elsewhere");
  await project.git("worktree", "add", "--quiet", elsewhere);
  symlinkSync(project.repo, join(project.worktrees, "link"));
  const paths = [project.repo, elsewhere, join(project.worktrees, "link"), "/", project.home];
  for (const named of paths) {
    const text = readFileSync(overview, "utf8").replace(/^(Working Dir: ).*$/m, `$1${named}`);
    writeFileSync(overview, text);
    const { exitCode, stdout } = await run("archive", "t", "--json");
    expect(exitCode).toBe(0);
    const { folder } = JSON.parse(stdout) as { folder: string };
    renameSync(folder, dirname(overview));
  }
  expect(existsSync(join(elsewhere, ".git"))).toBe(true);
  expect(existsSync(join(project.repo, ".git"))).toBe(true);
  expect(existsSync(project.home)).toBe(true);
  expect(existsSync(path)).toBe(false);
});
