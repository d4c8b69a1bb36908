import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createScriptedApi, createTempProject, installClaude, text } from "@samocode/testkit";
import { phases } from "@samocode/core";
import { expect, it } from "vitest";
import type { Check } from "@samocode/channels/plugin";
import { createRunnerCli } from "../support/runner-cli.ts";

/** A program that says of itself what the Claude CLI would. */
function writeClaude(folder: string, { version = "2.1.330", status = { loggedIn: true } }): string {
  const agents = phases.map((phase) => `samocode:${phase}`);
  const path = join(folder, "claude");
  const init = JSON.stringify({ type: "system", subtype: "init", agents });
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$1" in\n--version) echo '${version} (Claude Code)';;\nauth) echo '${JSON.stringify(status)}';;\n*) echo '${init}'; sleep 300;;\nesac\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

async function createPatient(claude: Parameters<typeof writeClaude>[1] = {}) {
  const project = await createTempProject();
  const path = writeClaude(project.root, claude);
  const examine = async (env: Readonly<Record<string, string>> = {}) => {
    const { run } = createRunnerCli(project, { ...project.env, CLAUDE_PATH: path, ...env });
    const { exitCode, stdout, stderr } = await run("doctor", "--json");
    expect(stderr).toBe("");
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
    expect(ok).toBe(exitCode === 0);
    const bad = checks.filter(({ state }) => state === "fault" || state === "warning");
    for (const { cure } of bad) expect(cure).not.toBe("");
    return { exitCode, checks, bad };
  };
  return { project, path, examine, [Symbol.asyncDispose]: () => project.dispose() };
}

it("finds nothing to cure where all is there", async () => {
  await using patient = await createPatient();
  const { exitCode, bad, checks } = await patient.examine();
  expect(bad).toEqual([]);
  expect(exitCode).toBe(0);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Node.js", "git", "Claude CLI", "login", "plugin", "config", "disk"]),
  );
  expect(readdirSync(patient.project.sessions)).toEqual([]);
});

it("tells all faults at once, each with its cure", async () => {
  await using patient = await createPatient({ status: { loggedIn: false } });
  const { project, examine } = patient;
  rmSync(project.sessions, { recursive: true });
  writeFileSync(
    join(project.root, ".env"),
    "CLAUDE_MAX_TURNS=many\nTELEGRAM_BOT_TOKEN=secret-word\n",
  );
  const { exitCode, bad } = await examine();
  expect(exitCode).toBe(1);
  expect(bad.map(({ found, cure }) => `${found} → ${cure}`)).toEqual([
    expect.stringMatching(/not logged in → Log in: claude auth login/),
    expect.stringMatching(/SESSIONS `.*` does not exist → Create it \(mkdir -p/),
    expect.stringMatching(/\.env:1: CLAUDE_MAX_TURNS is `many`, expected a whole number.* → Fix/),
  ]);
  expect(JSON.stringify(bad)).not.toContain("secret-word");
});

const textsOf = (checks: readonly Check[]) => checks.filter(({ name }) => name === "texts");

it("shows the texts of a project for its agents, and what is wrong with them", async () => {
  await using patient = await createPatient();
  const { project, examine } = patient;
  expect(textsOf((await examine()).checks)).toEqual([
    expect.objectContaining({ state: "off", found: expect.stringContaining("no .samocode.d") }),
  ]);

  const folder = join(project.root, ".samocode.d", "agents");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "testing.md"), "---\nmode: extend\n---\nUse the staging server.\n");
  writeFileSync(join(folder, "done.md"), "---\nmode: add\n---\nx\n");
  const { exitCode, checks } = await examine();
  expect(exitCode).toBe(1);
  expect(textsOf(checks)).toEqual([
    {
      name: "texts",
      state: "ok",
      found: `extends the agent of testing, 23 bytes: ${join(folder, "testing.md")}`,
    },
    {
      name: "texts",
      state: "fault",
      found: `${join(folder, "done.md")}: has the mode \`add\`, expected \`extend\`, \`replace\``,
      cure: expect.stringContaining("`extend` adds"),
    },
  ]);
});

it("says where a `.samocode` is missing how to write one", async () => {
  await using patient = await createPatient();
  rmSync(patient.project.config);
  const { exitCode, bad } = await patient.examine();
  expect(exitCode).toBe(1);
  expect(bad).toEqual([
    expect.objectContaining({ name: "config", cure: "Write one: samocode-run init" }),
  ]);
});

it("warns of a CLI that does not tell its login, and of a git without a name", async () => {
  await using patient = await createPatient({ status: { loggedIn: "?" } as never });
  const { exitCode, bad } = await patient.examine({ GIT_COMMITTER_NAME: "" });
  expect(exitCode).toBe(0);
  expect(bad.map(({ name, state }) => [name, state])).toEqual([
    ["login", "warning"],
    ["git identity", "warning"],
  ]);
});

it("reports a CLI that is too old as a fault, and asks it no more", async () => {
  await using patient = await createPatient({
    version: "2.1.99",
    status: { loggedIn: "?" } as never,
  });
  const { exitCode, bad } = await patient.examine();
  expect(exitCode).toBe(1);
  expect(bad.map(({ name, state }) => [name, state])).toEqual([["Claude CLI", "fault"]]);
});

it("says of a program that is not the CLI that it does not tell its version", async () => {
  await using patient = await createPatient();
  writeFileSync(patient.path, "#!/bin/sh\nprintf 'what\\033[2J?'\n");
  const { exitCode, bad } = await patient.examine();
  expect(exitCode).toBe(1);
  expect(bad).toMatchObject([
    { name: "Claude CLI", found: expect.stringMatching(/version, but: what\?/) },
  ]);
});

it("finds a CLI that is not there, and a git that is not there, without more than a word about the rest", async () => {
  await using patient = await createPatient();
  const nothing = join(patient.project.root, "nothing");
  mkdirSync(nothing);
  const { bad } = await patient.examine({ PATH: nothing, CLAUDE_PATH: "claude" });
  expect(bad.map(({ name, state }) => [name, state])).toEqual([
    ["git", "fault"],
    ["Claude CLI", "fault"],
  ]);
});

it("finds a folder in which nothing can be made", async () => {
  await using patient = await createPatient();
  // A folder of the system in which not even root can make anything.
  writeFileSync(
    patient.project.config,
    `MAIN_REPO=${patient.project.repo}\nWORKTREES=${patient.project.worktrees}\nSESSIONS=/proc/self/fd\n`,
  );
  const { exitCode, bad } = await patient.examine();
  expect(exitCode).toBe(1);
  expect(bad[0]).toMatchObject({ name: "SESSIONS", state: "fault" });
  expect(bad[0]?.found).toContain("/proc/self/fd is not writable");
});

it("prints a line a check, and the cure below it", async () => {
  await using patient = await createPatient({ status: { loggedIn: false } });
  const { run } = createRunnerCli(patient.project, {
    ...patient.project.env,
    CLAUDE_PATH: patient.path,
  });
  const { exitCode, stdout } = await run("doctor");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("ok       Node.js       20.");
  expect(stdout).toMatch(
    /fault {4}login {9}the CLI is not logged in\n +→ Log in: claude auth login/,
  );
  expect(stdout).toMatch(/1 problem prevents sessions from running\.$/);
});

it("has the real CLI load the plugin and tell its login, and asks no model", async () => {
  const claude = await installClaude();
  await using patient = await createPatient();
  const api = await createScriptedApi(() => text("Done."));
  const { root } = patient.project;
  const temporary = join(root, "temporary");
  mkdirSync(temporary);
  try {
    const env = { CLAUDE_PATH: claude, ANTHROPIC_BASE_URL: api.url, TMPDIR: temporary };
    const { exitCode, bad, checks } = await patient.examine(env);
    expect(bad).toEqual([]);
    expect(exitCode).toBe(0);
    expect(checks).toContainEqual(expect.objectContaining({ name: "plugin", state: "ok" }));
    expect(checks).toContainEqual({ name: "login", state: "ok", found: "logged in (api_key)" });
    const without = await patient.examine({ ...env, ANTHROPIC_API_KEY: "" });
    expect(without.bad).toMatchObject([{ name: "login", state: "fault" }]);
    expect(api.requests).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    await api.close();
  }
});

it("says of each channel whether it can be used", async () => {
  await using patient = await createPatient();
  const { project, examine } = patient;
  writeFileSync(join(project.root, "good.mjs"), "export function tell() {}\n");
  writeFileSync(join(project.root, "bad.mjs"), "export const tell = 1;\n");
  const notify =
    "./good.mjs, ./bad.mjs, ./gone.mjs, no-such-package, cmd:cat -n, cmd:no-such-program";
  const { exitCode, checks } = await examine({ SAMOCODE_NOTIFY: notify });
  const channels = checks.filter(({ name }) => name === "channel");
  expect(channels.map(({ state, found }) => `${state} ${found}`)).toEqual([
    "ok ./good.mjs: can be loaded, and notifies",
    "warning ./bad.mjs: it exports no function `tell`",
    expect.stringMatching(/^warning \.\/gone\.mjs: .*gone\.mjs/),
    expect.stringMatching(/^warning no-such-package: cannot find the package/),
    expect.stringMatching(/^ok cmd:cat: \/.*\/cat$/),
    "warning cmd:no-such-program: `no-such-program` is not a program on the PATH",
  ]);
  expect(exitCode).toBe(0);
});
