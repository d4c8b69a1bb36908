import { readFileSync } from "node:fs";
import {
  blockNeeds,
  isPhase,
  phases,
  signalStatuses,
  waitReasons,
  type Phase,
} from "@samocode/core";
import { describe, expect, it } from "vitest";
import { legalSignals } from "../src/iteration/phase-protocol.ts";
import { formatSystemPrompt } from "../src/iteration/prompt.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const agentPath = (phase: Phase): string => `plugin/agents/${phase}.md`;

/** The most bytes of instructions that an iteration may cost. */
const maxBytes = 5000;

const runnersFields = [
  "Phase",
  "Blocked",
  "Waiting For",
  "Reason",
  "Needs",
  "Iteration",
  "Total Iterations",
  "Quality Iteration",
  "Cost",
];
const agentsFields = ["Last Action", "Next"];

/** Every name that may stand in backticks, but for files named with STAMP. */
const names = new Set<string>([
  ...phases,
  ...runnersFields,
  ...agentsFields,
  "_overview.md",
  "_qa.md",
  "_signal.json",
  "git status",
  "git log",
  "path:line",
  "summary",
  "green",
  "red",
  ">",
  "# ",
]);

const snakeNames = new Set<string>([...waitReasons, ...blockNeeds, "_waiting_"]);
const capitals =
  /^(STAMP|NNN|MM|DD|HH|README|CONTRIBUTING|CLAUDE|AGENTS|TODO|TITLE|NAME|TOPIC|JWT|JSON|A|B)$/;

function agent(phase: Phase): { front: Record<string, string>; body: string } {
  const [, front = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(read(agentPath(phase))) ?? [];
  return {
    front: Object.fromEntries(
      front.split("\n").map((line) => {
        const colon = line.indexOf(": ");
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    ),
    body: body.trim(),
  };
}

describe.each(["workflow.md", ...phases.map(agentPath)])("%s", (path) => {
  const text = read(path).replace(/^---\n.*?\n---\n/s, "");
  const prose = text.replaceAll(/^ {4}.*$/gm, "");

  it("names in backticks only what there is", () => {
    const named = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = ""]) => name);
    const unknown = named.filter((n) => !names.has(n) && !/^STAMP-[A-Za-z-]+\.md$/.test(n));
    expect(unknown).toEqual([]);
  });

  it("spells waits and needs as the protocol does", () => {
    const words = [...text.matchAll(/(?<![\w.])_?[a-z]+_[a-z_]*(?![\w.])/g)].map(([word]) => word);
    expect(words.filter((word) => !snakeNames.has(word))).toEqual([]);
  });

  it("does not shout", () => {
    const words = [...text.matchAll(/\b[A-Z]+\b/g)].map(([word]) => word);
    expect(words.filter((word) => !capitals.test(word))).toEqual([]);
  });

  it("types no signal: they are generated", () => {
    expect(text).not.toMatch(/"status"|"phase"/);
  });
});

describe("workflow.md", () => {
  const workflow = read("workflow.md");

  it("tells every line of the overview that is the runner's, and the two that are the agent's", () => {
    const [, ours = ""] = /The runner alone writes (.*?);/.exec(workflow) ?? [];
    expect([...ours.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual(runnersFields);
    expect(workflow).toContain("set `Last Action` and `Next`");
  });

  it("shows the forms of a Flow Log line, a Files line and a question as docs/session-files.md does", () => {
    expect(workflow).toContain(
      "    - [NNN @ MM-DD HH:MM] text -> file\n    - file - what it holds\n",
    );
    const question = /### Q1: .*?\*\*Answer:\*\* _waiting_\n/s;
    const [shown = ""] = question.exec(workflow.replaceAll(/^ {4}/gm, "")) ?? [];
    expect(question.exec(read("docs/session-files.md"))?.[0]).toBe(shown);
  });

  it("is the same in every session: no path, date or number of one", () => {
    expect(workflow).not.toMatch(/\d{2}-\d{2}|(?<!\w)\/\w|~\//);
  });
});

describe.each(phases)("the agent of %s", (phase) => {
  const { front, body } = agent(phase);

  it("has the name of its phase, a description, and no more tools than its job needs", () => {
    const web = phase === "investigation" ? ", WebFetch, WebSearch" : "";
    expect(front).toEqual({
      name: phase,
      description: expect.stringMatching(/^.{20,120}\.$/),
      tools: `Read, Grep, Glob, Bash, Write, Edit${web}`,
    });
  });

  it("says of a phase that writes no code that it changes none", () => {
    const writesCode = ["implementation", "testing", "quality"].includes(phase);
    expect(body.includes("You change no code")).toBe(!writesCode);
  });

  it("sends the session only where the phase table lets it go", () => {
    const legal: string[] = legalSignals(phase).map((signal) => signal.phase);
    const moves = [...body.matchAll(/\b(?:to|for|into) ([a-z]+)\b/gi)]
      .map(([, word = ""]) => word)
      .filter(isPhase);
    expect(moves.filter((move) => !legal.includes(move))).toEqual([]);
    const onward = legal.filter((next) => next !== phase);
    expect(onward.filter((next) => !moves.some((move) => move === next))).toEqual([]);
  });

  it("asks for no signal that its phase does not have", () => {
    const legal = new Set(
      legalSignals(phase).flatMap((signal) => {
        if (signal.status === "waiting") return [`waiting, ${signal.for}`];
        if (signal.status === "blocked") return blockNeeds.map((need) => `blocked, ${need}`);
        return [signal.status];
      }),
    );
    const spoken = [...body.matchAll(/\bsignal ([a-z]+(?:, [a-z]+_[a-z]+)?)/gi)];
    expect(spoken.map(([, words = ""]) => words).filter((words) => !legal.has(words))).toEqual([]);
  });
});

it("costs no more than the budget in any phase", () => {
  const workflow = read("workflow.md");
  const sizes = phases.map((phase) => {
    const body = Buffer.byteLength(agent(phase).body);
    const rest = Buffer.byteLength(formatSystemPrompt({ workflow, phase }));
    return { phase, bytes: body + rest };
  });
  const table = sizes.map(({ phase, bytes }) => `  ${phase.padEnd(15)}${bytes}`).join("\n");
  process.stdout.write(`Bytes of instructions an iteration, at most ${maxBytes}:\n${table}\n`);
  expect(sizes.filter(({ bytes }) => bytes > maxBytes)).toEqual([]);
});

describe("docs/session-files.md", () => {
  const text = read("docs/session-files.md");

  it("shows signals that can be sent", () => {
    const [, lines = ""] = /```jsonl\n(.*?)```/s.exec(text) ?? [];
    const shown = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(shown.map(({ status }) => status)).toEqual(signalStatuses);
    const legal = phases.flatMap(legalSignals).map((signal) => Object.keys(signal).sort().join());
    for (const { iteration, ...signal } of shown) {
      expect(iteration).toBeTypeOf("number");
      expect(legal).toContain(Object.keys(signal).sort().join());
    }
  });

  it("names every phase, wait, need and line that the runner owns", () => {
    for (const name of [...phases, ...waitReasons, ...blockNeeds, ...runnersFields]) {
      expect(text).toContain(`\`${name}\``);
    }
  });
});

it("has the plugin under the name that the runner asks for, in the version of the package", () => {
  const plugin = JSON.parse(read("plugin/.claude-plugin/plugin.json"));
  expect(plugin).toMatchObject({
    name: "samocode",
    version: JSON.parse(read("packages/runner/package.json")).version,
  });
});
