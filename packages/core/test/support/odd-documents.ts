import fc from "fast-check";

const lines = [
  "## Status",
  " ## Status ##",
  "   ## **Status**:",
  "##\tStatus",
  "#Status",
  "# Session: odd",
  "### Deeper",
  "Status",
  "STATUS\\",
  "---",
  "-",
  "- ",
  "***",
  "===",
  "   ===",
  "Phase: testing",
  "**Phase:** `planning`",
  "- Phase: quality",
  "* **Blocked**: no",
  "Blocked: no  ",
  "Blocked: waiting_human\\",
  "_Iteration_: 3",
  "   Reason: because",
  "      Reason: deep",
  "Next: ` alone",
  "Last Action: see <!-- here",
  "and --> there",
  "<!-- ## Status -->",
  "<!--",
  "-->",
  "<div>",
  "</div>",
  "<br>",
  "<pre>",
  "</pre>",
  "<?php",
  "?>",
  "<a title='",
  "  <x-y>",
  "```",
  "~~~ text",
  "  ```",
  "    ```",
  "````",
  "> ## Status",
  "> ```",
  ">",
  "- ## Status",
  "- ```",
  "- <!--",
  "  - nested",
  "    code",
  "\tcode",
  "  \t## Status",
  "1. one",
  "2) two",
  "- - Phase: done",
  "+ item",
  "- [001 @ 01-15 14:30] Session created",
  "- [x] task",
  "[001]: /url",
  "[a b]:",
  '  "title',
  "[Phase]: [x] [001]",
  "## Flow Log",
  "## Task",
  "## Files",
  "text",
  "\u2028# no heading",
  "\uFEFF## Status",
  "\u0000",
  "&#35; x",
  "\\## Status",
  "",
  "",
  "",
  "   ",
];

/** Any document made of lines that make Markdown hard, with any line breaks between them. */
export const oddDocument = fc
  .tuple(
    fc.constantFrom("", "", "", "\uFEFF", "---\ntitle: x\n---\n", "---\n# note\n", "\uFEFF\uFEFF"),
    fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 20, arbitrary: fc.constantFrom(...lines) },
          { weight: 1, arbitrary: fc.string() },
        ),
        fc.oneof(
          { weight: 8, arbitrary: fc.constant("\n") },
          fc.constantFrom("\r\n", "\r", "\n\n"),
        ),
      ),
      { maxLength: 24 },
    ),
    fc.boolean(),
  )
  .map(([head, body, ends]) => {
    const text = head + body.map(([line, end]) => line + end).join("");
    return ends ? text : text.replace(/[\r\n]+$/, "");
  });

/** How often each property runs: more with `SAMOCODE_PROPERTY_RUNS`. */
export const runs = { numRuns: Number(process.env["SAMOCODE_PROPERTY_RUNS"] ?? 500) };

const heads = ["", "", "- ", "* ", "1. ", "- **", "**", "_"];
const closings: Readonly<Record<string, string>> = { "- **": "**", "**": "**", _: "_" };
const marks = ["", "", "", "`", "**"];
const tails = ["", "", "", "  ", "\\", " <!-- note -->", "<br>"];

/** A Status line in any of the styles that people and agents write. */
function statusLine(key: string, values: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      head: fc.constantFrom(...heads),
      value: fc.constantFrom(...values),
      tail: fc.constantFrom(...tails),
      label: fc.constantFrom(key, key, key.toUpperCase(), key.toLowerCase()),
      mark: fc.constantFrom(...marks),
      inside: fc.boolean(),
    })
    .map(({ head, value, tail, label, mark, inside }) => {
      const closing = closings[head] ?? "";
      const marked = inside ? `${label}:${closing}` : `${label}${closing}:`;
      return `${head}${marked} ${mark}${value}${mark}${tail}`;
    });
}

const phaseLine = statusLine("Phase", ["init", "planning", "Testing", "done", "blocked"]);
// In the order in which the runner writes them.
const otherLines = [
  statusLine("Iteration", ["3", "12/20"]),
  statusLine("Total Iterations", ["7"]),
  statusLine("Blocked", ["no", "yes", "waiting"]),
  statusLine("Waiting For", ["qa_answers"]),
  statusLine("Reason", ["it broke", "see `x`", "C:\\_tmp\\"]),
  statusLine("Needs", ["human_decision", "a coffee"]),
  statusLine("Cost", ["$1.25"]),
  statusLine("Last Action", ["Did <b>things</b>", "half ` open", "x <!-- y"]),
  statusLine("Next", ["Go on -->", "done `"]),
];
const oddLine = fc.option(fc.constantFrom(...lines), { nil: undefined, freq: 3 });

/** A document with a Status section that has odd lines in it, and odd lines around it. */
export const oddOverview = fc
  .tuple(
    fc.oneof(fc.constant("# Session: odd\n"), oddDocument),
    phaseLine,
    fc.tuple(...otherLines.flatMap((line) => [oddLine, fc.option(line, { nil: undefined })])),
    fc.constantFrom("\n", "\n", "\r\n", "\r"),
    oddDocument,
  )
  .map(([above, phase, others, end, below]) => {
    const status = others.filter((line) => line !== undefined);
    return [above, "", "## Status", phase, ...status, "", "## Flow Log", "- [1] x", below].join(
      end,
    );
  });
