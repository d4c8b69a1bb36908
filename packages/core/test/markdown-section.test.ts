import { expect, test } from "vitest";
import { findSection } from "../src/text/markdown-section.ts";

test.each([
  ["## Status", "Status"],
  ["## Status ##", "Status"],
  ["  ## status:", "status"],
  ["## **Status**:", "Status"],
  ["## `Status`", "Status"],
  ["Status\n---", "Status"],
  ["##\tStatus", "Status"],
])("%j is a section with the title %j", (source, title) => {
  expect(findSection(`${source}\nx\n`, "Status")).toMatchObject({ title, depth: 2 });
});

test.each([
  "```\n## Status\n```",
  "> ## Status",
  "- ## Status",
  "<!--\n## Status\n-->",
  "#Status",
  "# Status",
  "### Status",
  "    ## Status",
])("%j is no section of this title", (source) => {
  expect(findSection(source, "Status")).toBeUndefined();
});

test("a rule at the top of a document is not front matter", () => {
  expect(findSection("---\n## Status\nPhase: x\n---\n", "Status")?.start).toBe(4);
  expect(findSection("---\nname: x\n# Status\n---\n## Status\n", "Status")?.start).toBe(25);
});
