import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { phases } from "@samocode/core";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkClaude } from "../../src/doctor/claude-checks.ts";

let temp: TempFolder;
beforeEach(async () => {
  temp = await createTempFolder();
});
afterEach(() => temp.dispose());

const init = JSON.stringify({
  type: "system",
  subtype: "init",
  session_id: "1",
  agents: phases.map((phase) => `samocode:${phase}`),
});

/** A program that answers as the CLI does. */
function createCli({
  version = "echo '99.0.0 (Claude Code)'",
  auth = `echo '{"loggedIn":true,"authMethod":"oauth"}'`,
  plugin = `echo '${init}'; sleep 600`,
} = {}): string {
  const path = join(temp.path, "claude");
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$1" in\n--version) ${version};;\nauth) ${auth};;\n-p) ${plugin};;\nesac\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const check = async (claudePath: string, env: NodeJS.ProcessEnv = {}, permissionMode = "plan") => {
  const settings = { claudePath, permissionMode } as Parameters<typeof checkClaude>[0];
  return checkClaude(settings, { PATH: process.env["PATH"], ...env });
};
const briefly = (checks: Awaited<ReturnType<typeof checkClaude>>) =>
  checks.map(({ name, state, found }) => `${name} ${state}: ${found}`);

it("says what a CLI is that can be used", async () => {
  const path = createCli();
  expect(briefly(await check(path))).toEqual([
    `Claude CLI ok: 99.0.0 (${path})`,
    "login ok: logged in (oauth)",
    "plugin ok: loads, with 6 agents",
  ]);
});

it("looks for a name on the PATH, and for a path as it is", async () => {
  expect(await check("claude", { PATH: temp.path })).toEqual([
    {
      name: "Claude CLI",
      state: "fault",
      found: "`claude` is not a program on the PATH",
      cure: "Install it: npm install -g @anthropic-ai/claude-code, or name it with CLAUDE_PATH.",
    },
  ]);
  expect(briefly(await check("/nowhere/claude"))).toEqual([
    "Claude CLI fault: `/nowhere/claude` is not a program",
  ]);
});

it.each([
  ["echo hello", "hello"],
  [":", "nothing"],
  ["echo 99.0.0; exit 1", "99.0.0"],
])("looks no further if `%s` is no version", async (version, said) => {
  const path = createCli({ version });
  expect(await check(path)).toEqual([
    {
      name: "Claude CLI",
      state: "fault",
      found: `${path} does not print its version, but: ${said}`,
      cure: "Reinstall it, or fix CLAUDE_PATH.",
    },
  ]);
});

it("takes no CLI that is too old", async () => {
  const [found, ...more] = await check(createCli({ version: "echo '0.0.1 (Claude Code)'" }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ state: "fault", cure: "Update the Claude CLI: claude update" });
  expect(found?.found).toMatch(/^0\.0\.1 \(.*\) is older than \d+\.\d+\.\d+, the oldest/);
});

it.each([
  ["echo '{\"loggedIn\":true}'", "login ok: logged in (unknown)"],
  [
    'echo \'{"loggedIn":true,"authMethod":"key","apiProvider":"bedrock"}\'',
    "login ok: logged in (key, bedrock)",
  ],
  [
    'echo \'{"loggedIn":true,"authMethod":7,"apiProvider":"firstParty"}\'',
    "login ok: logged in (unknown)",
  ],
  ["echo '{\"loggedIn\":false}'", "login fault: the CLI is not logged in"],
  ["echo '{}'", "login warning: this version of the CLI does not report whether it is logged in"],
  ["echo oops", "login warning: this version of the CLI does not report whether it is logged in"],
])("reads the login: %s", async (auth, expected) => {
  expect(briefly(await check(createCli({ auth })))[1]).toBe(expected);
});

it("says so if the CLI ends before it has loaded the plugin", async () => {
  const [, , plugin] = await check(createCli({ plugin: "exit 1" }));
  expect(plugin).toMatchObject({ name: "plugin", state: "warning" });
});

it.runIf(process.getuid?.() === 0)(
  "warns root of the permission mode that the CLI refuses",
  async () => {
    const path = createCli();
    expect(briefly(await check(path, {}, "bypassPermissions"))[3]).toMatch(
      /^account fault: as root/,
    );
    expect(briefly(await check(path, { IS_SANDBOX: "" }, "bypassPermissions"))[3]).toMatch(
      /^account fault/,
    );
    expect(briefly(await check(path, { IS_SANDBOX: "1" }, "bypassPermissions"))[3]).toBe(
      "account ok: root, in a sandbox (IS_SANDBOX is set)",
    );
  },
);
