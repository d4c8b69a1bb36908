import { blockNeeds, phases, signalStatuses, waitReasons, type Phase } from "@samocode/core";
import { openStore } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  legalSignals,
  formatUserMessage,
  parseFrontMatter,
  parseList,
  readPhaseText,
  readAgentText,
} from "@samocode/agent-claude";
import { exitCodes } from "@samocode/session";
import { runnersFields } from "./status-fields.ts";
import { findTextProblems } from "./text-check.ts";
import { namesOf, proseOf, readTextTree, repository } from "./text-tree.ts";

/** The most bytes of instructions that an iteration may cost: half of what those of the Python samocode do. */
const maxBytes = 5000;

const tree = readTextTree();
const read = (path: string): string => tree.get(path) ?? "";

it("every text is true: what it names is there, its examples can be read, its moves are legal", () => {
  expect(findTextProblems(tree)).toEqual([]);
});

it("there are the agents, the skills and the commands that are promised", () => {
  expect(namesOf(tree, "agents").toSorted()).toEqual(
    [...phases, "proposer", "reviewer"].toSorted(),
  );
  expect(namesOf(tree, "skills").toSorted()).toEqual([
    "implementation",
    "investigation",
    "planning",
    "pr-summary",
    "quality",
    "samocode-run",
    "session-management",
    "task-definition",
    "testing",
  ]);
  expect(namesOf(tree, "commands").toSorted()).toEqual(
    "cleanup create-plan dive do do2 dop dop2 multi-review samocode session-archive session-continue session-start session-sync summary task".split(
      " ",
    ),
  );
});

describe("workflow.md", () => {
  it("shows a question as docs/session-files.md does", () => {
    const question = /### Q1: .*?\*\*Answer:\*\* _waiting_\n/s;
    const shown = question.exec(read("workflow.md").replaceAll(/^ {4}/gm, ""))?.[0];
    expect(question.exec(read("docs/session-files.md"))?.[0]).toBe(shown);
  });

  it("tells the two lines of the overview that are the agent's", () => {
    expect(read("workflow.md")).toContain("set `Last Action` and `Next`");
  });
});

describe.each(phases)("the agent of %s", (phase) => {
  const { tools, body } = readAgentText(phase);

  it("has no more tools than its job needs", () => {
    const more: Partial<Record<Phase, readonly string[]>> = {
      investigation: ["WebFetch", "WebSearch"],
      implementation: ["Agent(samocode:proposer)"],
      quality: ["Agent(samocode:reviewer)"],
    };
    const base = ["Read", "Grep", "Glob", "Bash", "Write", "Edit"];
    expect(tools).toEqual([...base, ...(more[phase] ?? [])]);
  });

  it("says of a phase that writes no code that it changes none", () => {
    const writesCode = ["implementation", "testing", "quality"].includes(phase);
    expect(body.includes("You change no code")).toBe(!writesCode);
  });

  it("says how large an iteration is", () => {
    expect(body).toMatch(/\bone iteration\b/);
  });
});

it.each(["proposer", "reviewer"])("the agent %s cannot write with a tool for files", (name) => {
  const { fields } = parseFrontMatter(read(`plugin/agents/${name}.md`));
  expect(parseList(fields.get("tools") ?? "")).toEqual(["Read", "Grep", "Glob", "Bash"]);
});

it("costs no more than the budget in any phase, with the message that starts the iteration", () => {
  const sizes = phases.map((phase) => {
    const message = formatUserMessage({
      sessionFolder: "/home/person/sessions/26-01-15-login",
      workingDir: "/home/person/worktrees/26-01-15-login",
      phase,
      iteration: 100,
      now: new Date(0),
      notes: [],
    });
    const texts = [readAgentText(phase).body, readPhaseText(phase).systemPrompt, message];
    return { phase, bytes: Buffer.byteLength(texts.join("\n\n")) };
  });
  const table = sizes.map(({ phase, bytes }) => `  ${phase.padEnd(15)}${bytes}`).join("\n");
  process.stdout.write(`Bytes of instructions an iteration, at most ${maxBytes}:\n${table}\n`);
  expect(sizes.filter(({ bytes }) => bytes > maxBytes)).toEqual([]);
});

const stamp = (name: string): string => name.replace("STAMP", "01-15-14:41");

it("a plan under the name that the planner is told is found, and no other file of a session is taken for one", async () => {
  await using folder = await createTempFolder("samocode-texts-");
  const store = openStore(folder.path);
  const names = proseOf(tree).flatMap((path) => read(path).match(/STAMP-[\w-]+\.md/g) ?? []);
  for (const name of names) {
    if (!name.includes("-plan-")) writeFileSync(join(folder.path, stamp(name)), "x");
  }
  expect(names).toContain("STAMP-plan-TOPIC.md");
  expect(store.readPlan()).toBeUndefined();
  writeFileSync(join(folder.path, stamp("STAMP-plan-TOPIC.md")), "# Plan: x\n");
  expect(store.readPlan()).toBeDefined();
});

it("a parent is told the exit codes as they are", () => {
  const [, told = ""] =
    /Its exit code: (.*?)\. /.exec(read("plugin/skills/samocode-run/SKILL.md")) ?? [];
  expect([...told.matchAll(/\d+/g)].map(Number)).toEqual(
    Object.values(exitCodes).filter((code) => code < 100),
  );
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

it.each(["core", "inspect", "notify-telegram", "runner"])(
  "the plugin has the version of the package %s",
  (name) => {
    const file = join(repository, "packages", name, "package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8"));
    expect(JSON.parse(read("plugin/.claude-plugin/plugin.json"))).toHaveProperty(
      "version",
      version,
    );
  },
);

it("the plugin has the name that the runner asks for, and the marketplace lists it", () => {
  const plugin = JSON.parse(read("plugin/.claude-plugin/plugin.json"));
  expect(plugin).toHaveProperty("name", "samocode");
  const marketplace = JSON.parse(read(".claude-plugin/marketplace.json"));
  expect(marketplace.plugins).toEqual([
    expect.objectContaining({
      name: plugin.name,
      description: plugin.description,
      source: "./plugin",
    }),
  ]);
  // A version here would be a second one to keep.
  expect(marketplace.plugins[0]).not.toHaveProperty("version");
});
