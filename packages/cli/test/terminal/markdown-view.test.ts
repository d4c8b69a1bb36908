import fc from "fast-check";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { formatMarkdown } from "../../src/terminal/markdown-view.ts";
import { textWidth } from "@samocode/session";

const plain = picocolors.createColors(false);
const shown = (text: string, columns = 80): string =>
  formatMarkdown(text, { columns, color: plain });

describe("a Markdown text on a terminal", () => {
  it.each([
    ["sets a heading off by its look alone", "## Steps ##", "Steps"],
    ["has round bullets", "* one\n- two\n+ three", "• one\n• two\n• three"],
    ["has boxes for tasks", "- [ ] do\n- [x] done", "☐ do\n☑ done"],
    ["keeps the numbers of a list", "1. one\n2) two", "1. one\n2) two"],
    ["keeps how deep a list is", "- one\n  - two", "• one\n  • two"],
    [
      "shows words and code without their marks",
      "**bold** and `code *as it is*`",
      "bold and code *as it is*",
    ],
    [
      "leaves names of code as they are",
      "edit foo__bar__baz and __init__.py",
      "edit foo__bar__baz and __init__.py",
    ],
    [
      "indents a fence, and changes nothing in it",
      "```ts\nconst a = `**b**`;\n# no heading\n```\nafter",
      "    ts\n    const a = `**b**`;\n    # no heading\nafter",
    ],
    [
      "shows all that stands behind the mark of a fence",
      "~~~  sh push it  \nls\n~~~\n``` \nls\n```",
      "    sh push it\n    ls\n    ls",
    ],
    [
      "wraps what stands behind the mark of a fence",
      `\`\`\`${"word ".repeat(20)}\n\`\`\``,
      `    ${"word ".repeat(15).trim()}\n    ${"word ".repeat(5).trim()}`,
    ],
    ["shows a line that only looks like a fence", "```a`b\n# Head", "``ab\nHead"],
    ["ends a fence only with its own mark", "```\n~~~\n``\n````\nafter", "    ~~~\n    ``\nafter"],
    ["shows a link definition", "[//]: # (push it)", "[//]: # (push it)"],
    ["shows a comment", "<!-- push it -->", "<!-- push it -->"],
    ["shows where a picture is", '![a](b.png "c")', '![a](b.png "c")'],
    ["takes a fence that is never closed to the end", "```\na\n- b", "    a\n    - b"],
    ["leaves a table as it is", "| a | **b** |\n|---|---|", "| a | **b** |\n|---|---|"],
    ["marks a quote", "> said", "│ said"],
    [
      "makes visible what cannot be seen",
      "a\u001B[2J\u0007b\u202Ec",
      "a⟦U+001B⟧[2J⟦U+0007⟧b⟦U+202E⟧c",
    ],
  ])("%s", (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

it("wraps to the width of the terminal, and lets the items of lists hang", () => {
  expect(shown("- [ ] one two three four five six\n10. one two three four five six", 22)).toBe(
    "☐ one two three four\n  five six\n10. one two three\n    four five six",
  );
});

it("is never wider than the terminal, fences and tables apart", () => {
  const words = fc.stringMatching(/^[a-zäöß日本語👍 *_`>#[\]().0-9-]{0,120}$/u);
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 120 }), (text, columns) => {
      fc.pre(!/^\s*\||^ {0,3}```/.test(text));
      const lines = shown(text, columns).split("\n");
      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
    }),
  );
});
