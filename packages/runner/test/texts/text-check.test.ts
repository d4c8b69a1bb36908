import { isPhase } from "@samocode/core";
import { expect, it } from "vitest";
import { parseFrontMatter } from "../../src/texts/front-matter.ts";
import { findTextProblems } from "./text-check.ts";
import { proseOf, readTextTree } from "./text-tree.ts";

const tree = readTextTree();
const read = (path: string): string => tree.get(path) ?? "";

/** A text, what is put into it, and the problem that must be found. */
const mutations: readonly (readonly [
  path: string,
  from: string | RegExp,
  to: string,
  problem: string,
])[] = [
  // signals and moves
  [
    "plugin/agents/implementation.md",
    "signal blocked, error_resolution",
    "signal waiting, plan_approval",
    "signals waiting, plan_approval",
  ],
  [
    "plugin/agents/investigation.md",
    "Signal blocked, human_decision",
    "Signal done",
    "signals done",
  ],
  ["plugin/agents/planning.md", "plan_approval", "plan_aproval", "plan_aproval"],
  [
    "plugin/agents/testing.md",
    "go back to implementation",
    "go back to planning",
    "moves to planning",
  ],
  [
    "plugin/agents/quality.md",
    "on to done if neither",
    "on if neither",
    "does not say when to move to done",
  ],
  [
    "plugin/skills/testing/SKILL.md",
    "Write `STAMP",
    '{"status":"done"} Write `STAMP',
    "types a signal",
  ],
  // names
  ["workflow.md", "`_qa.md`", "`_questions.md`", "_questions.md"],
  ["workflow.md", "named `STAMP-kind-topic.md`", "named _notes.json", "_notes.json"],
  ["plugin/agents/done.md", "skill `pr-summary`", "skill `summary`", "names a skill `summary`"],
  ["plugin/agents/done.md", "skills: pr-summary", "skills: summary", "has no skill `summary`"],
  [
    "plugin/commands/do.md",
    "skill `samocode:implementation`",
    "skill `samocode:implement`",
    "samocode:implement",
  ],
  ["plugin/commands/do.md", "$ARGUMENTS", "it", "loses its arguments"],
  [
    "plugin/skills/investigation/SKILL.md",
    "STAMP-dive-TOPIC.md",
    "STAMP-report-TOPIC.md",
    "STAMP-report-TOPIC.md",
  ],
  ["docs/session-files.md", "-test-report.md", "-tests.md", "STAMP-test-report.md"],
  ["plugin/skills/quality/SKILL.md", "`samocode:reviewer`", "`samocode:critic`", "samocode:critic"],
  ["plugin/README.md", "`/samocode:dive`", "`/samocode:inspect`", "/samocode:inspect"],
  // what can be typed
  [
    "plugin/skills/samocode-run/SKILL.md",
    "samocode-run answer NAME",
    "samocode-run reply NAME",
    "samocode-run reply",
  ],
  ["plugin/skills/samocode-run/SKILL.md", "--feedback", "--because", "--because"],
  [
    "plugin/skills/samocode-run/SKILL.md",
    "    samocode-run NAME --task",
    "    samocode-run NAME --text",
    "no flag `--text`",
  ],
  ["plugin/skills/samocode-run/SKILL.md", "`--auto-approve`", "`--yes`", "--yes"],
  [
    "plugin/skills/session-management/SKILL.md",
    "samocode-run status NAME`",
    "samocode-run where NAME`",
    "samocode-run where",
  ],
  // tools
  ["plugin/agents/planning.md", "tools: Read,", "tools: Task,", "unknown tool `Task`"],
  [
    "plugin/agents/quality.md",
    "Agent(samocode:reviewer)",
    "Agent(samocode:done)",
    "may start the phase agent done",
  ],
  // forms
  ["workflow.md", "**Answer:** _waiting_", "**Reply:** _waiting_", "shows a question"],
  ["workflow.md", "### Q1:", "### First:", "shows a question"],
  ["workflow.md", "**Suggestion:** A", "**Suggestion:** C", "shows a question"],
  ["workflow.md", "[NNN @ MM-DD HH:MM]", "[NNN, MM-DD]", "Flow Log"],
  ["plugin/skills/planning/SKILL.md", "- [ ] what changes", "- what changes", "a plan"],
  ["plugin/skills/planning/SKILL.md", "Verify: `command`", "Check: `command`", "a plan"],
  // who writes what, heads, tone
  ["workflow.md", "`Waiting For`, ", "", "gives the runner"],
  ["plugin/agents/done.md", "name: done", "name: summary", "is named `summary`"],
  ["plugin/agents/done.md", /^description: .*$/m, "description: Done.", "a description of 5"],
  ["workflow.md", "never push", "NEVER push", "shouts NEVER"],
];

it.each(mutations)("%s with %s as %s is found out", (path, from, to, problem) => {
  const text = read(path);
  const mutated = text.replaceAll(from instanceof RegExp ? new RegExp(from, "gm") : from, to);
  expect(mutated).not.toBe(text);
  const problems = findTextProblems(new Map(tree).set(path, mutated));
  expect(problems.join("\n")).toContain(problem);
});

it("any skill or agent that is renamed is found out, where it is named", () => {
  const missed = [...tree.keys()].filter((path) => {
    const [, kind, name = ""] = /^plugin\/(agents|skills)\/([^/.]+)/.exec(path) ?? [];
    // The agents of phases are named by the runner; the test of what is promised holds them.
    if (kind === undefined || isPhase(name)) return false;
    const renamed = new Map(tree);
    renamed.delete(path);
    const text = read(path).replace(`name: ${name}`, `name: ${name}s`);
    renamed.set(path.replace(name, `${name}s`), text);
    return findTextProblems(renamed).length === 0;
  });
  expect(missed).toEqual([]);
});

it("any name in backticks that loses a letter is found out", () => {
  // Words that stand for something to fill in may be any.
  const free = /NAME$|"$/;
  const missed = proseOf(tree).flatMap((path) => {
    const prose = parseFrontMatter(read(path)).body.replaceAll(/^ {4,}.*$/gm, "");
    const names = [...prose.matchAll(/`[^`\n]{3,}`/g)].map(([whole]) => whole);
    return names
      .filter((whole) => !free.test(whole.slice(1, -1)))
      .map((whole) => [whole, whole.replace(/.`$/, "`")] as const)
      .filter(([whole, broken]) => {
        const mutated = new Map(tree).set(path, read(path).replace(whole, broken));
        return findTextProblems(mutated).length === 0;
      })
      .map(([whole]) => `${path}: ${whole}`);
  });
  expect(missed).toEqual([]);
});
