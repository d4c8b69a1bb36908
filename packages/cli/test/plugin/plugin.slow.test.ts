import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text, toolUse, type Script } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tools } from "../../src/mcp/tools.ts";
import { readSkillText } from "@samocode/agent-claude";
import { version } from "../../src/version.ts";
import { namesOf, readTextTree, repository } from "../texts/text-tree.ts";
import { createPluginBench, type PluginBench } from "./plugin-bench.ts";

const plugin = join(repository, "plugin");
const tree = readTextTree();
const owned = (names: readonly string[]) => names.map((name) => `samocode:${name}`);
const [agents, skills, commands] = (["agents", "skills", "commands"] as const).map((kind) =>
  owned(namesOf(tree, kind)),
) as [string[], string[], string[]];

let bench: PluginBench;

/** The model uses the skill that a command names, or types what it is asked to, and is done. */
const obey: Script = ({ turn, messages, prompt }) => {
  const [, skill] = /Use the skill `(samocode:[\w-]+)`/.exec(JSON.stringify(messages)) ?? [];
  const [, command] = /^Type: (.+)$/m.exec(prompt) ?? [];
  if (turn > 0) return text("Done.");
  if (command !== undefined) return toolUse("Bash", { command, description: "Type it" });
  return skill === undefined ? text("Done.") : toolUse("Skill", { skill });
};

/** What Bash gave for a command. */
async function typed(
  { ask, api }: PluginBench,
  command: string,
  ...flags: string[]
): Promise<unknown> {
  await ask(`Type: ${command}`, ...flags);
  const blocks = api.requests
    .at(-1)
    ?.messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  return blocks?.find(({ type }) => type === "tool_result")?.["content"];
}

/** The CLI, with the plugin installed from the address of its clone. */
async function installFromAddress(isOnPath: boolean): Promise<PluginBench> {
  const fresh = await createPluginBench(obey, isOnPath);
  await fresh.claude("plugin", "marketplace", "add", fresh.address);
  const { all } = await fresh.claude("plugin", "install", "samocode@samocode");
  expect(all).toContain("installed plugin: samocode@samocode");
  return fresh;
}

beforeAll(async () => {
  bench = await createPluginBench(obey);
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

/** All that a session with the plugin has of it, and that the server answers. */
const whole = {
  agents: expect.arrayContaining(agents),
  skills: expect.arrayContaining([...skills, ...commands]),
  slash_commands: expect.arrayContaining([...skills, ...commands]),
  mcp_servers: expect.arrayContaining([
    expect.objectContaining({ name: "plugin:samocode:samocode", status: "connected" }),
  ]),
  tools: expect.arrayContaining(tools.map(({ name }) => `mcp__plugin_samocode_samocode__${name}`)),
};

it.each([
  ["the plugin", plugin],
  ["the marketplace", repository],
])("%s passes the CLI's own strict validation", async (_, path) => {
  const { exitCode, all } = await bench.claude("plugin", "validate", "--strict", path);
  expect(all).toContain("Validation passed");
  expect(all).not.toContain("with warnings");
  expect(exitCode).toBe(0);
});

it("loads for a parent from its folder: all agents, skills, commands and the server with its tools", async () => {
  const init = await bench.ask("hello", "--plugin-dir", plugin);
  expect(init).toMatchObject(whole);
  expect(init).not.toHaveProperty("plugin_errors");
});

it("Bash of a parent finds samocode-run, which is not on its PATH, and the rules of its permissions know it", async () => {
  const flags = ["--plugin-dir", plugin, "--permission-mode", "dontAsk"];
  expect(await typed(bench, "samocode-run --version", ...flags)).toMatch(/denied/);
  const rule = ["--allowedTools", "Bash(samocode-run:*)"];
  expect(await typed(bench, "samocode-run --version", ...flags, ...rule)).toBe(version());
});

it("a parent pays for the skills and agents, and not for the commands", async () => {
  const from = bench.api.requests.length;
  await bench.ask("hello", "--plugin-dir", plugin);
  const body = bench.api.requests[from]?.body.toString() ?? "";
  for (const name of skills) expect(body).toContain(`- ${name}: `);
  for (const name of commands) expect(body).not.toContain(`- ${name}: `);
});

it.each(namesOf(tree, "commands"))("/samocode:%s leads the model to its skill", async (name) => {
  const from = bench.api.requests.length;
  await bench.ask(`/samocode:${name} the login`, "--plugin-dir", plugin);
  const requests = bench.api.requests.slice(from);
  const command = tree.get(`plugin/commands/${name}.md`) ?? "";
  const [, skill = ""] = /Use the skill `samocode:([\w-]+)`/.exec(command) ?? [];
  expect(JSON.stringify(requests[0]?.messages)).toContain("the login");
  const told = JSON.stringify(requests.at(-1)?.messages);
  expect(told).toContain(JSON.stringify(readSkillText(skill)).slice(1, -1));
});

describe("installed from the folder of a clone as a marketplace", () => {
  let said: readonly { readonly exitCode?: number; readonly all: string }[];

  beforeAll(async () => {
    said = [
      await bench.claude("plugin", "marketplace", "add", bench.clone),
      await bench.claude("plugin", "install", "samocode@samocode"),
    ];
  });

  it("is there in each session, in the version of the packages, and as whole as from its folder", async () => {
    expect(said).toMatchObject([
      { exitCode: 0, all: expect.stringContaining("added marketplace: samocode") },
      { exitCode: 0, all: expect.stringContaining("installed plugin: samocode@samocode") },
    ]);
    const init = await bench.ask("hello");
    expect(init).toMatchObject(whole);
    expect(init).not.toHaveProperty("plugin_errors");
    expect(init.plugins).toContainEqual(
      expect.objectContaining({ name: "samocode", version: version() }),
    );
  });

  it("the one that the runner brings takes its place for agents", async () => {
    const init = await bench.ask("hello", "--plugin-dir", plugin);
    const ours = init.plugins.filter(({ name }) => name === "samocode");
    expect(ours.map(({ path }) => path)).toEqual([plugin]);
    expect(init.agents.filter((name) => name === "samocode:done")).toHaveLength(1);
  });

  it("what it costs stands in the README as the CLI projects it (-u writes it)", async () => {
    // With an API it would ask that one to count.
    const { all } = await bench.offline("plugin", "details", "samocode");
    const [, always = ""] = /Always-on:\s+(~\d+) tok/.exec(all) ?? [];
    const rows = [...all.matchAll(/^ {2}([\w-]+) +[~<] ?\d+ +~(\d+)$/gm)];
    const [dearest, most = 0] = rows
      .map(([, name = "", tokens]): [string, number] => [name, Number(tokens)])
      .toSorted(([, one], [, other]) => other - one)[0] ?? [""];
    const cli = /^[\d.]+/.exec((await bench.claude("--version")).all)?.[0];
    const path = join(repository, "README.md");
    const block = `\`claude plugin details samocode\` (${cli}, without an API) projects ${always} tokens in every session that loads it, for ${skills.length} skills, ${commands.length} commands and ${agents.length} agents, and at most ~${most} more when you use one (\`${dearest}\`), not counting the MCP server.`;
    const readme = readFileSync(path, "utf8");
    const marked = /(<!-- plugin-cost:start -->\n)[^]*?(<!-- plugin-cost:end -->)/;
    expect(readme).toMatch(marked);
    await expect(
      readme.replace(marked, (_, start: string, end: string) => `${start}${block}\n${end}`),
    ).toMatchFileSnapshot("../../../../README.md");
  });
});

describe("installed from the address of a git server, which brings nothing built", () => {
  it("takes samocode-run from the PATH", async () => {
    await using fresh = await installFromAddress(true);
    const init = await fresh.ask("hello");
    expect(init).toMatchObject(whole);
    expect(init.plugins.find(({ name }) => name === "samocode")?.path).toContain("/cache/");
  });

  it("tells in Bash what to do if there is none", async () => {
    await using fresh = await installFromAddress(false);
    expect(await fresh.ask("hello")).toMatchObject({ mcp_servers: [{ status: "failed" }] });
    const rule = ["--allowedTools", "Bash(samocode-run:*)"];
    const said = await typed(fresh, "samocode-run --version", ...rule);
    expect(said).toMatch(
      /Exit code 127\ncannot run `samocode-run`: .* npx -y pnpm@12 install.*: \/mcp, Reconnect$/,
    );
  });
});

it("the server alone is added by the two lines of the README, and stays when the PATH has gone", async () => {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const [path = ""] = /^export PATH=[^#\n]*/m.exec(readme) ?? [];
  const [, add = ""] = /\*\*From another agent\*\*: `([^`]+)`/.exec(readme) ?? [];
  await using fresh = await createPluginBench();
  const said = await fresh.shell(`cd '${repository}'; ${path}; cd "$OLDPWD"; ${add}`);
  expect(said).toContain("Added stdio MCP server samocode");
  const { tools: found, mcp_servers } = await fresh.ask("hello");
  expect(mcp_servers).toMatchObject([{ name: "samocode", status: "connected" }]);
  expect(found).toEqual(expect.arrayContaining(tools.map(({ name }) => `mcp__samocode__${name}`)));
});
