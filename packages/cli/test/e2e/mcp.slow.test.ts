import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installClaude, type ApiRequest } from "@samocode/testkit";
import { expect, it } from "vitest";
import { readLockHolder } from "@samocode/process";
import { createBench, steps } from "../support/runner-cli.ts";
import { versionIn } from "../mcp/mcp-bench.ts";
import { cleanPath } from "../plugin/plugin-bench.ts";
import { repository } from "../texts/text-tree.ts";
import { createClaudeBench } from "./support/claude-bench.ts";
import { commitProgram, story } from "./support/halve-story.ts";
import { logNamesOf, readLog } from "./support/session-reading.ts";
import { callTool, runParent, type ParentScript } from "./support/mcp-parent.ts";

const session = "halve";

function sentTools(requests: readonly ApiRequest[]): readonly string[] {
  return requests.flatMap(({ tools }) => tools.map(({ name }) => name));
}

/** A parent that drives a session as the tools tell it to, with the answers of a person at hand. */
const drive: ParentScript = (calls) => {
  const { tool, result = "" } = calls.at(-1) ?? {};
  const wait = callTool("wait", { session, seconds: 300 });
  switch (tool) {
    case undefined:
      return callTool("start", { session, task: "Add halve." });
    case "questions":
      return callTool("answer", { session, answers: { Q1: "A" } });
    case "plan":
      return callTool("approve", { session, version: versionIn(result), note: "Keep it small." });
    case "wait":
      if (result.includes("halve: waits for answers")) return callTool("questions", { session });
      if (result.includes("halve: waits for approval")) return callTool("plan", { session });
      return result.includes("halve: done") ? undefined : wait;
    default:
      return wait;
  }
};

/** Makes the CLI of the agents: it has the environment of the parent, and a model of its own. */
async function writeAgentsClaude(folder: string, apiUrl: string): Promise<string> {
  const path = join(folder, "claude");
  const claude = await installClaude();
  const text = `#!/bin/sh\nANTHROPIC_BASE_URL='${apiUrl}' exec '${claude}' "$@"\n`;
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

it("a parent in the real CLI that has nothing but the plugin takes a session to done through MCP alone, with agents in the real CLI", async () => {
  await using bench = await createClaudeBench(story, {
    settings: { TEST_COMMAND: "node --test" },
    env: { GIT_BRANCH_PREFIX: "ada" },
  });
  const { project, api } = bench;
  await commitProgram(project);
  const end = await runParent(drive, {
    cwd: project.root,
    folder: join(project.root, "parent"),
    env: {
      ...project.env,
      PATH: cleanPath,
      CLAUDE_PATH: await writeAgentsClaude(project.root, api.url),
      GIT_BRANCH_PREFIX: "ada",
    },
    plugin: join(repository, "plugin"),
  });
  expect(end.exit).toBe(0);
  expect(end.init["mcp_servers"]).toMatchObject([
    { name: "plugin:samocode:samocode", status: "connected" },
  ]);
  const tools = end.calls.map(({ tool }) => tool).filter((tool) => tool !== "wait");
  expect(tools).toEqual(["start", "questions", "answer", "plan", "approve"]);
  expect(end.calls.at(-1)?.result).toContain("summary:\n> halve, rounded down; 2 tests");

  expect(bench.status()).toMatchObject({ phase: "done", blocked: "no", iteration: 7 });
  expect(bench.records().flatMap(({ event, by }) => (by === undefined ? [] : [event, by]))).toEqual(
    ["answer", "mcp (claude-code)", "approve", "mcp (claude-code)"],
  );
  expect(api.requests.some(({ prompt }) => prompt.includes("> Keep it small."))).toBe(true);
  const log = await project.git("log", "--reverse", "--format=%s", "main..ada/halve");
  expect(log.split("\n")).toEqual(["Halve, rounded down", "Name it"]);
  // The plugin that brings the server to a parent is loaded for the agents as well: they do not get it.
  for (const name of logNamesOf(bench)) {
    const init = readLog(bench, `_logs/${name}.jsonl`).find(({ subtype }) => subtype === "init");
    expect(init).toMatchObject({ mcp_servers: [] });
    expect(JSON.stringify(init?.["tools"])).not.toContain("mcp__");
  }
  expect(sentTools(api.requests)).not.toContainEqual(expect.stringContaining("mcp__"));
  // The parent, its server and its runner are gone; no agent is left.
  expect(bench.processes()).toEqual([]);
});

it("a session goes on when the parent in the real CLI has gone, and its agents have no key to the parent", async () => {
  const look = { do: "bash", command: "env > {session}/env.txt" } as const;
  await using bench = await createBench({
    calls: [[look, { do: "sleep", ms: 3000 }, ...steps.ask]],
  });
  const { project, claude } = bench;
  const end = await runParent(
    (calls) =>
      calls.length === 0 ? callTool("start", { session, task: "Add halve." }) : undefined,
    {
      cwd: project.root,
      folder: join(project.root, "parent"),
      env: project.env,
      serverEnv: { CLAUDE_PATH: claude.path },
    },
  );
  expect(end).toMatchObject({
    exit: 0,
    calls: [{ result: expect.stringContaining("It runs") as string }],
  });
  await expect.poll(() => bench.records().at(-1)?.to).toBe("waiting.answers");
  const env = bench.file("env.txt");
  expect(env).toContain("SAMOCODE_RUN_ID=");
  expect(env).not.toMatch(/MESSAGING|CLAUDECODE/);
  expect(env).not.toContain(String(end.init["session_id"]));
  const holder = readLockHolder(join(bench.folder(), ".run.lock"));
  process.kill(holder?.pid ?? 0, "SIGINT");
});
