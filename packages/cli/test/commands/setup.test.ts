import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configKeys, parseConfigFile } from "../../src/config/config-file.ts";
import { projectKeys } from "../../src/config/project-keys.ts";
import { formatSettingsTable } from "../../src/config/settings.ts";
import { checkTestCommand } from "../../src/doctor/project-checks.ts";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const init = async (...flags: string[]) => {
  rmSync(bench.project.config);
  await bench.project.git("-C", bench.project.root, "init", "-q");
  return bench.run("init", ...flags);
};

const written = (): string => readFileSync(bench.project.config, "utf8");

describe("init", () => {
  it("proposes a test command as a comment, and says how to enable it", async () => {
    writeFileSync(join(bench.project.root, "Makefile"), "test:\n\ttrue\n");
    const { exitCode, stdout } = await init();
    expect(exitCode).toBe(0);
    expect(written()).toMatch(/\nSESSIONS=.*\n# TEST_COMMAND=make test\n$/);
    expect(stdout).toContain("To enable it, remove the # before: TEST_COMMAND=make test\n");
    expect(stdout).toContain("Check the setup: samocode-run doctor\n");
    const read = parseConfigFile(written().replace("# TEST", "TEST"), "x");
    expect(read.entries.get("TEST_COMMAND")?.value).toBe("make test");
  });

  it("prints what it proposes, and nothing if it found nothing", async () => {
    const { stdout } = await init("--json");
    expect(JSON.parse(stdout)).not.toHaveProperty("testCommand");
    expect(written()).toContain("# TEST_COMMAND=npm test\n");
    rmSync(bench.project.config);
    writeFileSync(join(bench.project.root, "go.mod"), "");
    expect(JSON.parse((await bench.run("init", "--json")).stdout)).toMatchObject({
      testCommand: "go test ./...",
    });
  });

  it("overwrites nothing", async () => {
    await init();
    const { exitCode, stderr } = await bench.run("init");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("it already exists. Edit it, then check it with: samocode-run doctor");
  });
});

it("the doctor says that no test command is set, and proposes one", () => {
  const { repo, worktrees, sessions, config: configPath } = bench.project;
  const project = { configPath, mainRepo: repo, worktrees, sessions };
  expect(checkTestCommand(project)).toEqual({
    name: "TEST_COMMAND",
    state: "off",
    found: "not set: what agents report about tests is not verified",
    cure: `To verify tests, add a line to ${configPath}: TEST_COMMAND=npm test`,
  });
  writeFileSync(join(repo, "Cargo.toml"), "");
  expect(checkTestCommand(project).cure).toMatch(/: TEST_COMMAND=cargo test$/);
  expect(checkTestCommand({ ...project, testCommand: "make test" })).toEqual({
    name: "TEST_COMMAND",
    state: "ok",
    found: "make test",
  });
});

it("every key of `.samocode` is in the table of settings and in the help", async () => {
  const table = formatSettingsTable();
  const { stdout } = await bench.run("init", "--help");
  for (const key of configKeys) {
    expect(table).toContain(`\`${key}\``);
    expect(stdout).toContain(key);
  }
  for (const { key, doc, expected, standard = "" } of projectKeys) {
    expect(table).toContain(
      `| \`${key}\` (only in \`.samocode\`) | | ${standard} | ${expected} | ${doc} |\n`,
    );
  }
});
