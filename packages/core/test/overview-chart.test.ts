import { describe, expect, test } from "vitest";
import { createChart } from "../src/chart/chart.ts";
import { formatMermaid } from "../src/chart/chart-mermaid.ts";
import { editChart, readChart } from "../src/chart/overview-chart.ts";

const chart = (current: string) =>
  formatMermaid(createChart(), { current, compact: true }).trimEnd();
const head = "## Status\nPhase: planning\n";
const block = (inside: string) => `\n## Statechart\n\n\`\`\`mermaid\n${inside}\n\`\`\`\n`;

describe("the chart in an overview", () => {
  test("is added once, at the end", () => {
    const edited = editChart(head, "working.planning");
    expect(edited).toBe(head + block(chart("working.planning")));
    expect(editChart(edited, "working.planning")).toBe(edited);
  });

  test("has the state marked that the session is in", () => {
    const edited = editChart(editChart(head, "working.planning"), "waiting.approval");
    expect(readChart(edited)).toBe(chart("waiting.approval"));
    expect(edited).toContain("class approval current");
    expect(edited).not.toContain("class planning current");
  });

  test("is put right if somebody has edited it, and only between its fences", () => {
    const text = `${head}\n## Statechart\n\n\`\`\`mermaid\nmine\n\n# mine\n\`\`\`\n\nMy notes.\n`;
    expect(editChart(text, "paused")).toBe(`${head}${block(chart("paused"))}\nMy notes.\n`);
  });

  test.each([
    ["~~~ mermaid", "~~~", ""],
    ["````mermaid", "````  ", ""],
    ["  ```mermaid", " ```", "  "],
  ])("keeps the fences %j and %j", (open, close, indent) => {
    const inside = chart("paused")
      .split("\n")
      .map((line) => `${indent}${line}\n`)
      .join("");
    const text = (between: string) => `# x\n## statechart ##\n${open}\n${between}${close}\nrest`;
    expect(editChart(text("old\n"), "paused")).toBe(text(inside));
    expect(editChart(text(""), "paused")).toBe(text(inside));
    expect(readChart(text(inside))).toBe(chart("paused"));
  });

  test("may stand anywhere in its section, which may stand anywhere", () => {
    const text = `## Statechart\nWhere it is:\n\`\`\`mermaid\n\`\`\`\nAnd another:\n\`\`\`mermaid\nx\n\`\`\`\n${head}`;
    const edited = editChart(text, "paused");
    expect(readChart(edited)).toBe(chart("paused"));
    expect(edited.endsWith(`\n\`\`\`\nAnd another:\n\`\`\`mermaid\nx\n\`\`\`\n${head}`)).toBe(true);
  });

  test.each(["\r\n", "\r"])("is written with the line breaks %j of the text", (lineBreak) => {
    const text = head.replaceAll("\n", lineBreak);
    const edited = editChart(editChart(text, "paused"), "blocked");
    expect(edited).toBe((head + block(chart("blocked"))).replaceAll("\n", lineBreak));
  });

  test("follows a text without an end of line after an empty line", () => {
    expect(editChart("## Status\nPhase: done", "paused")).toContain("done\n\n## Statechart");
    expect(editChart("", "paused")).toBe(block(chart("paused")));
  });

  test.each([
    ["a section without a block", "## Statechart\nNo picture, please.\n"],
    ["a block of another kind", "## Statechart\n```js\n1\n```\n"],
    ["a block in a list", "## Statechart\n- ```mermaid\n  x\n  ```\n"],
    ["a fence that is never closed", "## Statechart\n```mermaid\nx\n"],
    ["a text that swallows what follows", "## Status\nPhase: done\n```\nopen\n"],
    ["a comment that swallows what follows", "## Status\nPhase: done\n<!-- open\n"],
  ])("is left alone in %s", (_, text) => {
    expect(editChart(text, "paused")).toBe(text);
  });

  test("marks nothing for a state that the outline does not show", () => {
    expect(editChart(head, "resuming")).not.toContain("class ");
  });
});
