import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { phases, type Phase } from "@samocode/core";
import type { ApiRequest } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatPhaseProtocol,
  legalSignals,
  readAgentText,
  readSkillText,
} from "@samocode/agent-claude";
import {
  bash,
  createClaudeBench,
  signal,
  type Agent,
  type ClaudeBench,
} from "./support/claude-bench.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Phases of two iterations, the first of which changes the worktree: all in which an agent may stay. */
const twice: ReadonlySet<Phase> = new Set(phases.filter((phase) => phase !== "done"));

const agents: readonly Agent[] = phases.flatMap((phase, index): readonly Agent[] => {
  const next = phases[index + 1];
  const end =
    next === undefined ? { status: "done", summary: "x" } : { status: "continue", phase: next };
  const stay: Agent = (told) => [
    // Files are closed in investigation; a program may change them all the same.
    bash(
      "git commit --quiet --allow-empty --message x && node -e 'fs.writeFileSync(`new.txt`, ``)'",
    ),
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

/** The tools of the agent of a phase under the names that the API has for them. */
function toolsOf(phase: Phase): readonly string[] {
  return readAgentText(phase).tools.map((tool) => tool.replace(/\(.*/, ""));
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
  expect(phases.map((phase) => requestsOf(phase).length)).toEqual([2, 2, 2, 2, 2, 1]);
});

describe.each(phases)("in %s", (phase) => {
  it("the plugin is loaded without an error, and its agent has its own tools only", () => {
    for (const init of initsOf(phase)) {
      expect(init).not.toHaveProperty("plugin_errors");
      expect(init["plugins"]).toContainEqual(
        expect.objectContaining({ name: "samocode", path: expect.stringMatching(/\/plugin$/) }),
      );
      expect(init["agents"]).toEqual(
        expect.arrayContaining(phases.map((name) => `samocode:${name}`)),
      );
      expect(init).toMatchObject({ permissionMode: "bypassPermissions", mcp_servers: [] });
      const named = listOf(init["tools"]).map((tool) => (tool === "Task" ? "Agent" : String(tool)));
      expect(named.toSorted()).toEqual(withoutSearch(toolsOf(phase), named));
    }
    for (const request of requestsOf(phase)) {
      // The CLI adds a placeholder of its own.
      const names = request.tools
        .map(({ name }) => name)
        .filter((name) => name !== "DeferredToolPlaceholder");
      expect(names.toSorted()).toEqual(withoutSearch(toolsOf(phase), names));
    }
  });

  it("the system prompt is the agent, its skill, the workflow, then the signals of the phase, and is cached", () => {
    const workflow = readFileSync(`${root}workflow.md`, "utf8").trim();
    const { skills, body } = readAgentText(phase);
    const texts = [body, ...skills.map(readSkillText), workflow, formatPhaseProtocol(phase)];
    for (const { system } of requestsOf(phase)) {
      expect(system.at(-1)).toEqual({
        type: "text",
        text: texts.join("\n\n"),
        cache_control: expect.objectContaining({ type: "ephemeral" }),
      });
    }
  });

  it("the signals are those of the phase and of no other", () => {
    const shown = requestsOf(phase).map(({ system }) =>
      (system.at(-1)?.text?.match(/\{"status".*?\}/g) ?? []).map((line) =>
        JSON.parse(line.replace(":N}", ":1}")),
      ),
    );
    const legal = legalSignals(phase).map((signal) => ({ ...signal, iteration: 1 }));
    for (const signals of shown) expect(signals).toEqual(legal);
  });

  it("no skill, command or server of the plugin is offered, which would cost and tempt", () => {
    for (const { body } of requestsOf(phase)) {
      expect(body.toString()).not.toContain("samocode:session-management");
      expect(body.toString()).not.toContain("mcp__");
    }
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

it("an iteration costs at most half of the instructions of the Python samocode, which are 10 kB", () => {
  const rows = phases.map((phase) => {
    const [request] = requestsOf(phase);
    const own = Buffer.byteLength(request?.system.at(-1)?.text ?? "");
    const message = Buffer.byteLength(request?.prompt ?? "");
    const tools = Buffer.byteLength(JSON.stringify(request?.tools));
    return { phase, own, message, tools, whole: request?.body.length ?? 0 };
  });
  const table = rows.map(({ phase, own, message, tools, whole }) =>
    [phase.padEnd(15), own, message, tools, whole].join("\t"),
  );
  process.stdout.write(`phase\t\tsystem\tmessage\ttools\tfirst request\n${table.join("\n")}\n`);
  for (const { own, message } of rows) expect(own + message).toBeLessThanOrEqual(5000);
});

/** `Grep` and `Glob` are tools of older versions of the CLI; newer ones have them in Bash. */
function withoutSearch(tools: readonly string[], found: readonly unknown[]): readonly string[] {
  const old = new Set(["Grep", "Glob"]);
  return tools.filter((tool) => !old.has(tool) || found.includes(tool)).toSorted();
}

/** All that the API caches before the messages: model, tools and system, as they came. */
function headOf({ body, model }: ApiRequest): string {
  const { tools, system, thinking } = JSON.parse(body.toString()) as Record<string, unknown>;
  return JSON.stringify({ model, tools, system, thinking }, null, 1);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
