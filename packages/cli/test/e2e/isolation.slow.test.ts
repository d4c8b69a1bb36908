import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ContentBlock } from "@samocode/testkit";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { RunnerResult } from "../support/runner-cli.ts";
import { bash, createClaudeBench, signal, type ClaudeBench } from "./support/claude-bench.ts";
import { listFiles } from "./support/session-reading.ts";

const canary = "canary-8f3a1c";

/** What a machine may hold, and what would change what the CLI does. */
const machine = [
  "GITHUB_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_CUSTOM_HEADERS",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "CLAUDE_CODE_EXTRA_BODY",
  "SAMOCODE_CANARY",
];

let bench: ClaudeBench;
let ended: RunnerResult;

beforeAll(async () => {
  bench = await createClaudeBench(
    [
      (told) => [
        bash("env; cat /proc/$PPID/environ | tr '\\0' '\\n'"),
        signal(told, { status: "blocked", reason: "x", needs: "human_decision" }),
      ],
    ],
    { env: { TELEGRAM_BOT_TOKEN: `123456:AA${canary}-0123456789abcdefghij` } },
  );
  for (const name of machine) vi.stubEnv(name, canary);
  ended = await bench.run("t", "--task", "Do it.");
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

it("the agent's tools and the CLI itself have no variable of the machine", () => {
  expect(ended.exitCode).toBe(4);
  const [told = ""] = (bench.api.requests[1]?.messages ?? []).flatMap(({ content }) =>
    typeof content === "string" ? [] : content.map(readResult).filter((text) => text !== ""),
  );
  expect(told.match(/^SAMOCODE_RUN_ID=/gm)).toHaveLength(2);
  expect(told.match(/^ANTHROPIC_API_KEY=dummy-key$/gm)).toHaveLength(2);
  for (const name of [...machine, "TELEGRAM"]) expect(told).not.toContain(name);
});

it("nothing of the machine is in a request, in a file or on a screen", () => {
  const { requests, sideRequests } = bench.api;
  const sent = [...requests, ...sideRequests].map(({ body, ...rest }) => [body.toString(), rest]);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.filter((request) => JSON.stringify(request).includes(canary))).toHaveLength(0);
  const { root } = bench.project;
  const files = listFiles(root);
  expect(files.filter((name) => readFileSync(join(root, name)).includes(canary))).toEqual([]);
  expect(ended.stdout + ended.stderr).not.toContain(canary);
});

it("nothing is written beside the session, its worktree, and what the CLI keeps for itself", () => {
  const { root, home } = bench.project;
  const made = [".samocode", "app", "home", "sessions", "worktrees"];
  expect(readdirSync(root).toSorted()).toEqual(made);
  const ofCli = new Set(["claude-config", "claude-temp", ".cache", ".claude"]);
  expect(readdirSync(home).filter((name) => !ofCli.has(name))).toEqual([]);
  const config = join(home, "claude-config");
  for (const name of ["agents", "commands", "skills", "settings.json", "CLAUDE.md"])
    expect(readdirSync(config)).not.toContain(name);
  const plugins = listFiles(config).filter((name) => name.startsWith("plugins/"));
  expect(plugins.filter((name) => name.includes("samocode"))).toEqual([]);
});

it("what an agent was told and has said is for the eyes of the person alone", () => {
  const logs = readdirSync(join(bench.folder(), "_logs"));
  expect(logs).toHaveLength(4);
  for (const name of logs)
    expect(statSync(join(bench.folder(), "_logs", name)).mode & 0o777).toBe(0o600);
});

function readResult({ type, content }: ContentBlock): string {
  return type === "tool_result" ? JSON.stringify(content).replaceAll("\\n", "\n") : "";
}
