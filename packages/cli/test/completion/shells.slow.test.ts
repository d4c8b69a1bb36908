import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTempProject, type TempProject } from "@samocode/testkit";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { shells, type Shell } from "../../src/completion/shell-script.ts";
import { findProgram } from "@samocode/process";
import { createRunnerCli } from "../support/runner-cli.ts";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** A project with two sessions and a folder whose name would be a command. */
async function createPlace() {
  const project = await createTempProject();
  for (const name of ["26-01-15-login", "26-01-16-my-task", "$(touch pwned)"]) {
    const folder = join(project.sessions, name);
    mkdirSync(folder);
    writeFileSync(join(folder, "_overview.md"), "# Session\n\n## Status\nPhase: planning\n");
  }
  return project;
}

/** What presses TAB in each shell after these words, and prints what it would offer, one a line. */
const press: Readonly<Record<Shell, (words: readonly string[]) => string>> = {
  bash: (words) => `
COMP_WORDS=(samocode-run ${words.map(quote).join(" ")}); COMP_CWORD=${words.length}
compopt() { echo "compopt $*"; }
_samocode_run
printf '%s\\n' "\${COMPREPLY[@]}"`,
  // What compinit would set up is replaced by words that print what they are given.
  zsh: (words) => `
words=(samocode-run ${words.map(quote).join(" ")}); CURRENT=${words.length + 1}
_describe() { print -l -- "\${(@)\${(P)3}%%:*}" }
_files() { print -- "compopt -o default" }
_samocode_run`,
  fish: (words) => `
complete -C "samocode-run ${words.join(" ")}" | string split -f1 \\t`,
};

const quote = (word: string): string => `'${word}'`;

async function pressTab(shell: Shell, project: TempProject, words: readonly string[]) {
  const env = { ...project.env, XDG_CONFIG_HOME: project.home };
  const { stdout: script } = await createRunnerCli(project, env).run("completion", shell);
  const before = shell === "zsh" ? "compdef() { : }\n" : "";
  const path = join(project.root, `press.${shell}`);
  writeFileSync(path, `${before}${script}\n${press[shell](words)}\n`);
  const flags = { bash: ["--norc"], zsh: ["-f"], fish: ["--no-config"] }[shell];
  const { stdout, stderr } = await execa(shell, [...flags, path], {
    cwd: project.root,
    env,
    extendEnv: false,
    reject: false,
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const shellsHere = shells.filter((shell) => findProgram(shell, process.env) !== undefined);

describe.each(shellsHere)("in %s", (shell) => {
  it("TAB completes commands, flags, values and the names of sessions", async () => {
    await using project = await createPlace();
    expect(await pressTab(shell, project, ["stat"])).toEqual(["status"]);
    expect(await pressTab(shell, project, ["status", ""])).toEqual(["my-task", "login"]);
    expect(await pressTab(shell, project, ["approve", "login", "--no"])).toEqual(["--note"]);
    expect(await pressTab(shell, project, ["resume", "login", "--phase", "pl"])).toEqual([
      "planning",
    ]);
    expect(await pressTab(shell, project, ["lo"])).toEqual(["logs", "login"]);
  });

  it("TAB offers files where a file is meant, and nothing if words are free", async () => {
    await using project = await createPlace();
    const files = await pressTab(shell, project, ["status", "--config", ""]);
    expect(files).toContain(shell === "fish" ? "app/" : "compopt -o default");
    expect(await pressTab(shell, project, ["reject", "login", "--feedback", ""])).toEqual([]);
  });

  it("the program on the PATH is asked before the one that wrote the script", async () => {
    await using project = await createPlace();
    const bin = join(project.root, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "samocode-run"), "#!/bin/sh\nprintf 'from-path\\tx\\n'\n");
    chmodSync(join(bin, "samocode-run"), 0o755);
    const path = `${bin}:${project.env["PATH"] ?? dirname(binary)}`;
    const other = { ...project, env: { ...project.env, PATH: path } };
    expect(await pressTab(shell, other, ["f"])).toEqual(["from-path"]);
  });
});

it("refuses a shell that it has no script for", async () => {
  await using project = await createPlace();
  const { exitCode, stderr } = await createRunnerCli(project, project.env).run("completion", "csh");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("bash, zsh, fish");
});

it("offers no sessions, and says nothing, where the configuration cannot be used", async () => {
  await using project = await createPlace();
  writeFileSync(project.config, "MAIN_REPO=/nowhere\n");
  const { run } = createRunnerCli(project, project.env);
  expect(await run("complete", "--", "status", "")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});
