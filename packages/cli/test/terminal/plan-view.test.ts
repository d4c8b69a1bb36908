import picocolors from "picocolors";
import { expect, it } from "vitest";
import { formatPlan } from "../../src/terminal/plan-view.ts";

const view = { columns: 80, color: picocolors.createColors(false) };
const part = (file: string, text: string) => ({ file, text });

it("shows a plan of one file as its text", () => {
  expect(formatPlan([part("a-plan.md", "# Plan\n\n- do\n")], view)).toBe("Plan\n\n• do");
});

it("shows nothing of no plan", () => {
  expect(formatPlan([], view)).toBe("");
});

it("shows all files of a plan, the newest last", () => {
  const parts = [
    part("c-plan.md", "new"),
    part("b-plan.md", "old"),
    part("a\u001B[2J.md", "oldest"),
  ];
  expect(formatPlan(parts, view)).toBe(
    [
      "This plan has 3 files, all of which will be implemented:",
      "── older: a.md ──",
      "oldest",
      "── older: b-plan.md ──",
      "old",
      "── the newest: c-plan.md ──",
      "new",
    ].join("\n\n"),
  );
});
