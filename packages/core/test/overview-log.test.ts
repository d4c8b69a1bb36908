import { describe, expect, test } from "vitest";
import { appendFlowLog, OverviewError, parseOverview } from "../src/overview/overview.ts";
import { readFlowLog } from "../src/overview/overview-log.ts";

const entry = "[002 @ 01-15 14:41] Plan approved";

describe("reading", () => {
  test("gives each entry as one line, without what is nested in it", () => {
    const log =
      "## Flow Log\n- [001] one\n  more\\\n  and lazy\nmore\n  - nested\n\n- \n- [x] `two` \\_\n\n  rest\n";
    expect(readFlowLog(log)).toEqual(["[001] one more and lazy more", "[x] `two` _"]);
  });

  test("waits until it is asked for", () => {
    const { flowLog, ...rest } = Object.getOwnPropertyDescriptors(
      parseOverview("## Status\nPhase: done\n"),
    );
    expect(flowLog.get).toBeTypeOf("function");
    expect(rest.status.get).toBeUndefined();
  });
});

describe("appending", () => {
  test.each([
    ["- [001] a\n", `- [001] a\n- ${entry}\n`],
    ["*   [001] a\r\n\r\n", `*   [001] a\r\n*   ${entry}\r\n\r\n`],
    ["  + [001] a", `  + [001] a\n  + ${entry}`],
    ["9. a\n", `9. a\n10. ${entry}\n`],
    ["999999999) a\n", `999999999) a\n999999999) ${entry}\n`],
    ["-\ta\n", `-\ta\n-\t${entry}\n`],
    ["-\n", `-\n- ${entry}\n`],
    ["- a\n  more\n\n  - nested\n\ntext\n", `- a\n  more\n\n  - nested\n- ${entry}\n\ntext\n`],
    ["- a\n  ```\n  open\n", `- a\n  \`\`\`\n  open\n- ${entry}\n`],
    ["[001] a\n", `[001] a\n${entry}\n`],
    ["", `- ${entry}\n`],
    ["\n", `- ${entry}\n\n`],
    ["Nothing yet.\n", `Nothing yet.\n\n- ${entry}\n`],
    ["- # a\nText\n---\n", `- # a\n- ${entry}\n\nText\n---\n`],
  ])("to %j goes after its last entry, in its own marker", (log, expected) => {
    const head = "## Status\nPhase: done\n\n## Flow Log\n";
    expect(appendFlowLog(head + log, entry)).toBe(head + expected);
  });

  test("finds the last list of a long section from its end", () => {
    const items = Array.from({ length: 50 }, (_, index) => `- [${index}] x\n`).join("");
    const notes = "### notes\n\n> a\n\n### more\n\ntext\n".repeat(5);
    const head = `## Status\nPhase: done\n## Flow Log\n<!-- c -->\n\n${items}`;
    expect(appendFlowLog(`${head}\n${notes}## Files\n- f\n`, entry)).toBe(
      `${head}- ${entry}\n\n${notes}## Files\n- f\n`,
    );
  });

  test.each([
    [
      "## Status\nPhase: done\n\n## Files\n",
      `## Status\nPhase: done\n\n## Flow Log\n- ${entry}\n\n## Files\n`,
    ],
    ["## Status\nPhase: done\n# Z\n", `## Status\nPhase: done\n\n## Flow Log\n- ${entry}\n\n# Z\n`],
    ["## Status\r\nPhase: done", `## Status\r\nPhase: done\r\n\r\n## Flow Log\r\n- ${entry}\r\n`],
  ])("without a Flow Log makes one below Status: %j", (text, expected) => {
    expect(appendFlowLog(text, entry)).toBe(expected);
  });

  test.each([
    "- - -",
    "# x",
    "```",
    "<!-- x",
    "> x",
    "1. x",
    "[a]: b",
    "    x",
    "a\nb",
    "***",
    "+",
    "C:\\",
    "&amp; \\_",
  ])("%j is read as it was written", (line) => {
    const edited = appendFlowLog(
      "## Status\nPhase: done\n\n## Flow Log\n- a\n\n## Files\n- f\n",
      line,
    );
    expect(parseOverview(edited).flowLog).toEqual(["a", line.trim().replace("\n", " ")]);
    expect(edited).toContain("\n\n## Files\n- f\n");
  });

  test("an empty line changes nothing", () => {
    expect(appendFlowLog("x", " \n\u0007")).toBe("x");
  });

  test.each(["# Nothing\n", "## Flow Log\n```\nopen\n", "## Status\nPhase: done\n```\nopen"])(
    "is refused where no entry can stand: %j",
    (text) => {
      expect(() => appendFlowLog(text, entry)).toThrow(OverviewError);
    },
  );
});
