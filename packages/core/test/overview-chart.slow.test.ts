import fc from "fast-check";
import type { Code } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { bodyStart } from "../src/text/markdown-document.ts";
import { editChart, readChart } from "../src/chart/overview-chart.ts";
import {
  appendFlowLog,
  editStatus,
  OverviewError,
  parseOverview,
  type Overview,
} from "../src/overview/overview.ts";
import { oddDocument, oddOverview, runs as allRuns } from "./support/odd-documents.ts";

// Each run parses the chart several times over.
const runs = { numRuns: Math.ceil(allRuns.numRuns / 5) };

const states = fc.constantFrom("working.planning", "waiting.approval", "blocked", "finished");

/** A document with a section for the chart, in any of the ways in which a person may have left it. */
const oddChart = fc
  .tuple(
    oddDocument,
    fc.constantFrom("## Statechart", "  ## statechart ##", "Statechart\n---", "## **Statechart**:"),
    fc.constantFrom("\n", "\n\n", "\n \t\n", "\nSee:\n", "\n> quoted\n\n"),
    fc.constantFrom("```mermaid", "  ~~~~ mermaid", "```` mermaid title", "```js", "- ```mermaid"),
    fc.oneof(fc.constant("old"), oddDocument),
    fc.constantFrom("```", "  ~~~~~ ", "`````", ""),
    fc.oneof(fc.constant(""), oddDocument),
    fc.constantFrom("\n", "\r\n", "\r"),
  )
  .map(([above, heading, gap, open, inside, close, below, end]) =>
    [above, heading + gap + open, inside, close, below].join("\n").replaceAll(/\r\n?|\n/g, end),
  );
const anyText = fc.oneof(oddChart, oddDocument, oddOverview, fc.string({ unit: "binary" }));

/** The block of the chart as the unaided parser of the whole document sees it. */
function findBlock(text: string): { readonly node: Code; start: number; end: number } | undefined {
  const base = bodyStart(text);
  const body = text.slice(base).replace(/^\uFEFF/, "\uFFFD");
  const { children } = unified().use(remarkParse).parse(body);
  let isInSection = false;
  for (const node of children) {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    if (node.type === "heading" && node.depth <= 2) {
      if (isInSection) return undefined;
      const words = body.slice(start, end).replace(/^##[ \t]+|[ \t]+#+$|[\n\r]+ {0,3}-+$/g, "");
      const title = words.trim().replace(/^(\*\*)?(.*?)(\*\*)?:?$/, "$2");
      isInSection = node.depth === 2 && title.toLowerCase() === "statechart";
    }
    if (isInSection && node.type === "code" && node.lang === "mermaid") {
      return { node, start: base + start, end: base + end };
    }
  }
  return undefined;
}

test("every byte outside of the fences is kept, and what stands between them is the chart", () => {
  let replaced = 0;
  fc.assert(
    fc.property(anyText, states, (text, state) => {
      const edited = editChart(text, state);
      if (edited === text) return;
      const after = findBlock(edited);
      expect(after?.node.value.replaceAll(/\r\n?/g, "\n")).toBe(readChart(edited));
      expect(readChart(edited)).toContain(`class ${state.replace(/.*\./, "")} current`);
      const before = findBlock(text);
      if (before === undefined) {
        expect(edited.startsWith(text)).toBe(true);
        return;
      }
      replaced++;
      const [head = ""] = /^[^\n\r]*/.exec(text.slice(before.start)) ?? [];
      const [foot = ""] = /[^\n\r]*$/.exec(text.slice(0, before.end)) ?? [];
      expect(edited.slice(0, before.start + head.length)).toBe(
        text.slice(0, before.start + head.length),
      );
      expect(edited.endsWith(foot + text.slice(before.end))).toBe(true);
    }),
    runs,
  );
  expect(replaced).toBeGreaterThan(0);
});

/** A document with a block that is closed. */
const closedChart = fc
  .tuple(
    fc.constantFrom(
      "",
      "# Session: x",
      "## Status\nPhase: done\n\n- item\n\ntext",
      "```\ncode\n```",
      "<div>\n\n",
    ),
    fc.constantFrom(
      "## Statechart",
      "  ## statechart ##",
      "\nStatechart\n---",
      "## **Statechart**:",
    ),
    fc.constantFrom("\n", "\n\n", "\n \t\n", "\nSee:\n", "\n> quoted\n\n", "\n```js\n1\n```\n"),
    fc.constantFrom(["```", "```"], ["  ~~~~", " ~~~~~ "], ["   ````", "`````"]),
    fc.constantFrom("mermaid", " mermaid", "mermaid title"),
    fc.oneof(fc.constant("old"), oddDocument),
    fc.oneof(fc.constant(""), oddDocument),
    fc.constantFrom("\n", "\r\n", "\r"),
  )
  .map(([above, heading, gap, [open, close], info, inside, below, end]) =>
    [above, heading + gap + open + info, inside, close, below]
      .join("\n")
      .replaceAll(/\r\n?|\n/g, end),
  );

test("a block that the parser sees and that is closed is kept up to date", () => {
  fc.assert(
    fc.property(closedChart, states, (text, state) => {
      expect(findBlock(text)).toBeDefined();
      expect(readChart(editChart(text, state))).toContain(
        `class ${state.replace(/.*\./, "")} current`,
      );
    }),
    runs,
  );
});

test("the same edit a second time changes nothing, and another one leaves no trace of the first", () => {
  fc.assert(
    fc.property(anyText, states, states, (text, one, other) => {
      const edited = editChart(text, one);
      expect(editChart(edited, one)).toBe(edited);
      const both = editChart(edited, other);
      expect(both).toBe(editChart(text, other));
      expect(editChart(both, one)).toBe(edited);
    }),
    runs,
  );
});

test("the rest of the overview says what it said", () => {
  fc.assert(
    fc.property(fc.oneof(oddChart, oddOverview), states, (text, state) => {
      // If a text ends with a tag in the middle of a paragraph, the parser reads another block in it.
      const before = read(/[\n\r]$/.test(text) ? text : `${text}\n`);
      fc.pre(before !== undefined);
      const { text: _, warnings: __, ...after } = read(editChart(text, state)) ?? {};
      const { text: ___, warnings: ____, ...said } = before ?? {};
      expect(after).toEqual(said);
    }),
    runs,
  );
});

test("once the chart is there, it and the status and the log can be edited in any order", () => {
  const edits = [
    (text: string) => editStatus(text, { phase: "quality", blocked: "yes", reason: "`why`" }),
    (text: string) => appendFlowLog(text, "[002 @ 01-15 14:41] Plan approved"),
  ];
  fc.assert(
    fc.property(oddOverview, states, fc.constantFrom(...edits), (overview, state, edit) => {
      const text = editChart(overview, "paused");
      const edited = attempt(() => edit(text));
      fc.pre(edited !== undefined);
      expect(attempt(() => edit(editChart(text, state)))).toBe(editChart(edited ?? "", state));
    }),
    runs,
  );
});

function read(text: string): Overview | undefined {
  return attempt(() => {
    const overview = parseOverview(text);
    return { ...overview };
  });
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof OverviewError) return undefined;
    throw error;
  }
}
