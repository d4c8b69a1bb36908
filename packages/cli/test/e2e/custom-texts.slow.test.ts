import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunnerResult } from "../support/runner-cli.ts";
import { createClaudeBench, signal, type Agent, type ClaudeBench } from "./support/claude-bench.ts";

const server = fileURLToPath(new URL("./support/mcp-server.mjs", import.meta.url));

let bench: ClaudeBench;
let ended: RunnerResult;

const stay =
  (phase: string): Agent =>
  (told) => [signal(told, { status: "continue", phase })];
const agents: readonly Agent[] = [
  stay("investigation"),
  stay("planning"),
  (told) => [signal(told, { status: "waiting", phase: "planning", for: "human_action" })],
];

beforeAll(async () => {
  bench = await createClaudeBench(agents);
  write("agents/investigation.md", "---\nmode: extend\n---\nAsk Zaphod first.\n");
  write(
    "agents/planning.md",
    "---\nmode: replace\ntools: Read, Write, mcp__notes\n---\nPlan in three lines.\n",
  );
  write("workflow.md", "---\nmode: extend\n---\nTickets are in YouTrack.\n");
  write("mcp.json", JSON.stringify({ mcpServers: { notes: { command: "node", args: [server] } } }));
  write("agents/qualitty.md", "x");
  ended = await bench.run("t", "--task", "Do it.");
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

function write(name: string, text: string): void {
  const path = join(bench.project.root, ".samocode.d", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function systemsOf(phase: string): readonly string[] {
  return bench.api.requests
    .filter(({ prompt }) => prompt.includes(`\nPhase: ${phase}\n`))
    .map(({ system }) => system.at(-1)?.text ?? "");
}

it("an extended agent has both texts, the same bytes in each iteration", () => {
  expect(ended.exitCode).toBe(3);
  const systems = systemsOf("investigation");
  expect(systems.length).toBeGreaterThan(3);
  expect(new Set(systems).size).toBe(1);
  expect(systems[0]).toContain("You are the investigator of a coding task.");
  expect(systems[0]).toContain("\n\nAsk Zaphod first.\n\n# Investigation\n");
});

it("a replaced agent has its own text and tools, and still the signals of its phase", () => {
  const [system = ""] = systemsOf("planning");
  expect(system).toMatch(/^Plan in three lines\.\n\n# A samocode session\n/);
  expect(system).not.toContain("You are the planner");
  expect(system).toContain("## Signals in planning\n");
  const request = bench.api.requests.find(({ prompt }) => prompt.includes("\nPhase: planning\n"));
  const names = request?.tools.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["Read", "Write", "mcp__notes__list"]));
  expect(names).not.toContain("Bash");
});

it("the workflow is extended in each phase", () => {
  for (const phase of ["investigation", "planning"])
    for (const system of systemsOf(phase))
      expect(system).toMatch(
        /Without it your iteration has no result\.\n\nTickets are in YouTrack\.\n\n## Signals/,
      );
});

it("a name that is not read is told", () => {
  expect(ended.stderr).toMatch(/agents\/qualitty\.md is not read; .* `agents\/quality\.md`/);
});

it("what cannot be used is told before anything starts", async () => {
  write("agents/testing.md", "---\nmode: extends\n---\nx");
  const before = bench.api.requests.length;
  const { exitCode, stderr } = await bench.run("t");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    "agents/testing.md: has the mode `extends`, expected `extend`, `replace`",
  );
  expect(bench.api.requests).toHaveLength(before);
});
