import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan } = steps;

it("goes on if nobody reads its events any more", async () => {
  await using bench = await createBench({
    calls: [[{ do: "sleep", ms: 500 }, ...investigate], plan],
  });
  const run = bench.start("t", "--task", "x", "--json");
  run.stdout?.once("data", () => run.stdout?.destroy());
  const { exitCode, stderr } = await run;
  expect(exitCode).toBe(3);
  expect(stderr).not.toContain("EPIPE");
  expect(bench.claude.calls()).toHaveLength(2);
});

it("removes a file that has the name of its log folder, and continues", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x", "--max-iterations", "1");
  const logs = join(bench.folder(), "_logs");
  rmSync(logs, { recursive: true });
  writeFileSync(logs, "");
  const { exitCode, stderr } = await bench.run("t");
  expect(exitCode).toBe(3);
  expect(statSync(logs).isDirectory()).toBe(true);
  expect(stderr).not.toMatch(/bug|^ {4}at /m);
});

it("lets no agent write escape sequences or keys to the terminal", async () => {
  const reason = "\u001B]52;c;aGk=\u0007no \u001B[2Jaccess with sk-ant-api03-abcdefgh\nat all";
  await using bench = await createBench({
    calls: [[signal({ status: "blocked", reason, needs: "clarification" })]],
  });
  const { stderr } = await bench.run("t", "--task", "x");
  const { stdout } = await bench.run("status", "t");
  for (const shown of [stderr, stdout]) {
    expect(shown).toContain("no access with sk-***");
    expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
  }
});

it("lists all sessions where the files of one cannot be read", async () => {
  await using bench = await createBench({ calls: [ask] });
  await bench.run("t", "--task", "x");
  const broken = join(bench.project.sessions, "25-01-15-t");
  mkdirSync(join(broken, "_overview.md"), { recursive: true });
  const { exitCode, stdout } = await bench.run("list");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^t +investigation +you: 1 answer/m);
  expect(stdout).toMatch(/^25-01-15-t +unknown +you: blocked/m);
  expect(stdout).toContain("it is a folder, expected a text file");
});

it("says which run lets an agent work, and when there is none", async () => {
  await using bench = await createBench({ calls: [[{ do: "hang" }]] });
  const run = bench.start("t", "--task", "x");
  await expect.poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
  const { stdout } = await bench.run("status", "t");
  expect(stdout).toContain(`an agent is working (runner: pid ${run.pid}`);
  expect(stdout).not.toContain("Continue with");
  run.kill("SIGKILL");
  await run;
  expect((await bench.run("status", "t")).stdout).toContain("the runner exited");
  const next = bench.start("t");
  let told = "";
  next.stderr?.on("data", (chunk: Buffer) => (told += chunk.toString()));
  await expect.poll(() => told, { timeout: 20_000 }).toContain("reattached");
  next.kill("SIGINT");
  expect(await next).toMatchObject({ exitCode: 130 });
});

it("says why a signal is not taken", async () => {
  const leap = [signal({ status: "continue", phase: "done" })];
  await using bench = await createBench({ calls: [leap, investigate, plan] });
  const { stderr } = await bench.run("t", "--task", "x");
  expect(stderr).toContain("cannot go from `investigation` to `done`");
});
