import { expect, it } from "vitest";
import { formatReport, taskLine } from "@samocode/session";
import { formatList } from "../../src/terminal/session-list.ts";
import picocolors from "picocolors";
import { createReport } from "../../../session/test/support/report.ts";

it.each([
  ["Add JWT login.", 80, "Add JWT login."],
  ["\n  \r\n  Add JWT login.\r\nWith tests.", 80, "Add JWT login."],
  ["Add JWT login.", 14, "Add JWT login."],
  ["Add JWT login.", 13, "Add JWT logi…"],
  ["a \u001B[2Jb", 80, "a b"],
  ["", 80, ""],
  [" \n ", 80, ""],
])("of %j in %i columns is %j", (task, width, line) => {
  expect(taskLine(task, width)).toBe(line);
});

it("stands in the status and in the list, cut to a line", () => {
  const task = `Add JWT login.\n${"More. ".repeat(100)}`;
  expect(formatReport(createReport({ task }), 0)).toContain("\n  task: Add JWT login.\n");
  expect(formatReport(createReport({ task: "x".repeat(200) }), 0)).toContain(
    `\n  task: ${"x".repeat(99)}…\n`,
  );
  const view = { columns: 200, color: picocolors.createColors(false), now: 0 };
  const [head, line] = formatList([createReport({ task: "y".repeat(99) })], view);
  expect(head).toMatch(/ TASK$/);
  expect(line).toMatch(new RegExp(` ${"y".repeat(59)}…$`));
  expect(formatReport(createReport(), 0)).not.toContain("task:");
});
