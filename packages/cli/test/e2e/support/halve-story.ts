import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Block, TempProject } from "@samocode/testkit";
import { bash, edit, read, signal, write, type Agent, type Told } from "./claude-bench.ts";

/** Commits a small program with a test to the repository of a project. */
export async function commitProgram(project: TempProject): Promise<void> {
  const { repo } = project;
  await mkdir(join(repo, "test"));
  await writeFile(join(repo, "package.json"), '{ "name": "app", "type": "module" }\n');
  await writeFile(join(repo, "double.js"), "export const double = (n) => n * 2;\n");
  await writeFile(join(repo, "test/double.test.js"), testOf("double", "21", "42"));
  await project.git("add", ".");
  await project.git("commit", "--quiet", "--message", "Double");
}

export const dive = "# Dive\n`double.js:1` is the example to follow.\n";
export const plan = "# Plan\n- [ ] `halve.js`, with a test\n";
export const summary = "# Summary\n`halve` is there, tested.\n";

export const questions = `### Q1: What about odd numbers?
A) Round down
B) Keep the half
**Suggestion:** A - whole numbers in, whole numbers out
**Answer:** _waiting_
`;

/** The overview when all is done, of a session that was started at `MM-DD HH:MM`. */
export function finalOverview(started: string, worktree: string): string {
  return `# Session: halve
Started: ${started}
Working Dir: ${worktree}

## Task
Add halve.

## Status
Phase: done
Iteration: 7
Blocked: no
Last Action: Wrote the summary
Next: Merge

## Flow Log
- [001 @ ${started}] Session created
- [001 @ 01-15 14:50] Looked into double.js
- [002 @ 01-15 14:50] Took the answer
- [003 @ 01-15 14:50] Wrote the plan
- [004 @ 01-15 14:50] Added halve
- [005 @ 01-15 14:50] Saw the tests pass
- [006 @ 01-15 14:50] Reviewed
- [007 @ 01-15 14:50] Wrote the summary

## Files
- 01-15-15:20-summary.md - Wrote the summary
- 01-15-14:50-plan-halve.md - Wrote the plan
- 01-15-14:41-dive-halve.md - Looked into double.js
`;
}

/** One iteration of the story. */
interface Chapter {
  readonly work: (told: Told) => readonly (readonly Block[])[];
  readonly action: string;
  readonly next: string;
  readonly file?: string;
  readonly signal: Readonly<Record<string, unknown>>;
}

const chapters: readonly Chapter[] = [
  {
    work: ({ session, worktree }) => [
      [read(`${worktree}/double.js`), bash("node --test && env")],
      [write(`${session}/01-15-14:41-dive-halve.md`, dive), write(`${session}/_qa.md`, questions)],
    ],
    action: "Looked into double.js",
    next: "Answer Q1",
    file: "01-15-14:41-dive-halve.md",
    signal: { status: "waiting", phase: "investigation", for: "qa_answers" },
  },
  {
    work: ({ session }) => [[read(`${session}/_qa.md`)]],
    action: "Took the answer",
    next: "Plan",
    signal: { status: "continue", phase: "planning" },
  },
  {
    work: ({ session }) => [[write(`${session}/01-15-14:50-plan-halve.md`, plan)]],
    action: "Wrote the plan",
    next: "Approve the plan",
    file: "01-15-14:50-plan-halve.md",
    signal: { status: "waiting", phase: "planning", for: "plan_approval" },
  },
  {
    work: ({ worktree }) => [
      [
        write(`${worktree}/test/halve.test.js`, testOf("halve", "85", "42")),
        write(`${worktree}/halve.js`, "export const halve = (n) => n / 2;\n"),
        bash("node --test"),
      ],
      [
        edit(`${worktree}/halve.js`, "n / 2", "Math.floor(n / 2)"),
        bash("node --test && git add . && git commit --quiet --message 'Halve, rounded down'"),
      ],
    ],
    action: "Added halve",
    next: "Test",
    signal: { status: "continue", phase: "testing" },
  },
  {
    work: () => [[bash("node --test")]],
    action: "Saw the tests pass",
    next: "Review",
    signal: { status: "continue", phase: "quality" },
  },
  {
    work: ({ worktree }) => [
      [read(`${worktree}/halve.js`), edit(`${worktree}/halve.js`, "(n)", "(number)")],
      [edit(`${worktree}/halve.js`, "(n / 2)", "(number / 2)"), bash("git commit -qam 'Name it'")],
    ],
    action: "Reviewed",
    next: "Sum up",
    signal: { status: "continue", phase: "done" },
  },
  {
    work: ({ session }) => [[write(`${session}/01-15-15:20-summary.md`, summary)]],
    action: "Wrote the summary",
    next: "Merge",
    file: "01-15-15:20-summary.md",
    signal: { status: "done", phase: "done", summary: "halve, rounded down; 2 tests" },
  },
];

/** Takes a repository with `double` to one with `halve`: questions, plan, code, tests, review and summary. */
export const story: readonly Agent[] = chapters.map((chapter, index) => (told) => [
  ...chapter.work(told),
  keepBooks(chapter, chapters[index - 1], told),
]);

function keepBooks(chapter: Chapter, before: Chapter | undefined, told: Told): readonly Block[] {
  const { action, next, file } = chapter;
  const overview = `${told.session}/_overview.md`;
  const { action: lastAction, next: lastNext } = before ?? created;
  const entry = file === undefined ? "" : `- ${file} - ${action}\n`;
  return [
    read(overview),
    edit(
      overview,
      `Last Action: ${lastAction}\nNext: ${lastNext}`,
      `Last Action: ${action}\nNext: ${next}`,
    ),
    edit(
      overview,
      "\n\n## Files\n",
      `\n- [00${told.iteration} @ 01-15 14:50] ${action}\n\n## Files\n${entry}`,
    ),
    signal(told, chapter.signal),
  ];
}

const created = { action: "Session created", next: "Investigate" };

function testOf(name: string, given: string, expected: string): string {
  return [
    'import assert from "node:assert";',
    'import { test } from "node:test";',
    `import { ${name} } from "../${name}.js";`,
    `test("${name}", () => assert.equal(${name}(${given}), ${expected}));`,
    "",
  ].join("\n");
}
