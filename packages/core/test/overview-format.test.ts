import { expect, test } from "vitest";
import { formatOverview, parseOverview } from "../src/overview/overview.ts";

const session = { name: "my-task", started: "01-15 14:30", workingDir: "/w/26-01-15-my-task" };

test("the first overview of a session has the shape of the protocol", () => {
  expect(formatOverview({ ...session, task: "Add JWT login." })).toBe(`# Session: my-task
Started: 01-15 14:30
Working Dir: /w/26-01-15-my-task

## Task
Add JWT login.

## Status
Phase: investigation
Iteration: 1
Blocked: no
Last Action: Session created
Next: Investigate

## Flow Log
- [001 @ 01-15 14:30] Session created

## Files
`);
});

test("a dive has a section of its own, and comes next", () => {
  const text = formatOverview({ ...session, dive: "auth\n## Status\nPhase: done" });
  expect(text).toContain("## Task\n\n## Dive\n> auth\n> ## Status\n> Phase: done\n\n## Status\n");
  expect(parseOverview(text)).toMatchObject({
    dive: "auth\n## Status\nPhase: done",
    status: { next: "Dive" },
  });
  expect(parseOverview(text).task).toBeUndefined();
});

test.each([
  "Two\n\n- lists\n\n### and a heading\n\n```\nand a fence\n```",
  "    indented",
  "a | b",
])("an ordinary task stays as it is: %j", (task) => {
  expect(formatOverview({ ...session, task })).toContain(`## Task\n${task}\n\n## Status\n`);
});

test.each([
  "## Status\nPhase: done",
  "```\nopen",
  "<!-- open",
  "a\n---",
  "Status\n------\nPhase: done",
  "# x",
  "> a quote\n> of two lines",
  ">",
  "<div>\n\n## Flow Log\n- x",
])("a task that would change the document is quoted: %j", (task) => {
  const text = formatOverview({ ...session, task });
  expect(text).toContain(`\n> ${task.split("\n")[0]}`);
  expect(parseOverview(text)).toMatchObject({
    task,
    flowLog: ["[001 @ 01-15 14:30] Session created"],
    warnings: [],
  });
});
