import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { phases, type Phase } from "@samocode/core";
import type { ApiRequest } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatPhaseProtocol } from "../../src/iteration/phase-protocol.ts";
import {
  bash,
  createClaudeBench,
  signal,
  type Agent,
  type ClaudeBench,
} from "./support/claude-bench.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Phases of two iterations, the first of which changes the worktree. */
const twice: ReadonlySet<Phase> = new Set(["investigation", "implementation"]);

const agents: readonly Agent[] = phases.flatMap((phase, index): readonly Agent[] => {
  const next = phases[index + 1];
  const end =
    next === undefined ? { status: "done", summary: "x" } : { status: "continue", phase: next };
  const stay: Agent = (told) => [
    bash("touch new.txt"),
    signal(told, { status: "continue", phase }),
  ];
  return [...(twice.has(phase) ? [stay] : []), (told) => [signal(told, end)]];
});

let bench: ClaudeBench;
let exitCode: number | undefined;

beforeAll(async () => {
  bench = await createClaudeBench(agents);
  ({ exitCode } = await bench.run("t", "--task", "Do it.", "--auto-approve"));
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

/** The first request of each iteration of a phase. */
function requestsOf(phase: Phase): readonly ApiRequest[] {
  return bench.api.requests.filter(
    ({ prompt, turn }) => turn === 0 && prompt.includes(`\nPhase: ${phase}\n`),
  );
}

/** What the agent's file says: the tools that it may use, and what it is told. */
function readAgent(phase: Phase): { readonly tools: readonly string[]; readonly body: string } {
  const text = readFileSync(`${root}plugin/agents/${phase}.md`, "utf8");
  const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  return { tools: /^tools: (.+)$/m.exec(head)?.[1]?.split(", ") ?? [], body: body.trim() };
}

/** What the CLI says of itself at the start of each iteration of a phase. */
function initsOf(phase: Phase): readonly Record<string, unknown>[] {
  return bench
    .records()
    .filter((record) => record.from === `working.${phase}`)
    .map(({ log = "" }) => bench.file(log).split("\n")[0] ?? "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

it("all phases are gone through", () => {
  expect(exitCode).toBe(0);
  expect(phases.map((phase) => requestsOf(phase).length)).toEqual([2, 1, 2, 1, 1, 1]);
});

describe.each(phases)("in %s", (phase) => {
  it("the plugin is loaded without an error, and its agent has its own tools only", () => {
    const { tools } = readAgent(phase);
    for (const init of initsOf(phase)) {
      expect(init).not.toHaveProperty("plugin_errors");
      expect(init["plugins"]).toContainEqual(
        expect.objectContaining({ name: "samocode", path: expect.stringMatching(/\/plugin$/) }),
      );
      expect(init["agents"]).toEqual(
        expect.arrayContaining(phases.map((name) => `samocode:${name}`)),
      );
      expect(init).toMatchObject({ permissionMode: "bypassPermissions", mcp_servers: [] });
      // `Grep` and `Glob` are tools of older versions; newer ones have them in Bash.
      expect(init["tools"]).toEqual(expect.arrayContaining(["Read", "Bash", "Write", "Edit"]));
      expect(tools).toEqual(expect.arrayContaining(listOf(init["tools"])));
      const asked = requestsOf(phase).flatMap((request) => request.tools.map(({ name }) => name));
      // The CLI adds a placeholder of its own.
      expect([...tools, "DeferredToolPlaceholder"]).toEqual(expect.arrayContaining(asked));
    }
  });

  it("the system prompt is the agent, then the workflow, then the signals of the phase, and is cached", () => {
    const workflow = readFileSync(`${root}workflow.md`, "utf8").trim();
    for (const { system } of requestsOf(phase))
      expect(system.at(-1)).toEqual({
        type: "text",
        text: `${readAgent(phase).body}\n\n${workflow}\n\n${formatPhaseProtocol(phase)}`,
        cache_control: expect.objectContaining({ type: "ephemeral" }),
      });
  });

  it("every request has the same bytes up to the message of the person, so that the API caches them", () => {
    const requests = bench.api.requests.filter(({ prompt }) =>
      prompt.includes(`Phase: ${phase}\n`),
    );
    const heads = new Set(requests.map(headOf));
    expect(heads.size).toBe(1);
    expect([...heads].join()).not.toContain(bench.project.root);
  });
});

/** All that the API caches before the messages: model, tools and system, as they came. */
function headOf({ body, model }: ApiRequest): string {
  const { tools, system, thinking } = JSON.parse(body.toString()) as Record<string, unknown>;
  return JSON.stringify({ model, tools, system, thinking }, null, 1);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
