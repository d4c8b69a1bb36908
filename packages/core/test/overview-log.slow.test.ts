import fc from "fast-check";
import type { RootContent } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { bodyStart } from "../src/text/markdown-document.ts";
import { appendFlowLog, OverviewError } from "../src/overview/overview.ts";
import { readFlowLog } from "../src/overview/overview-log.ts";
import { oddDocument, runs } from "./support/odd-documents.ts";

const entry = "[002 @ 01-15 14:41] Plan approved";

function isEnd(node: RootContent): boolean {
  return node.type === "heading" && node.depth <= 2;
}

/** How many list items the unaided parser of the whole document sees in the first Flow Log. */
function itemsOfWholeDocument(text: string): number | undefined {
  const body = text.slice(bodyStart(text)).replace(/^\uFEFF/, "\uFFFD");
  const { children } = unified().use(remarkParse).parse(body);
  const start = children.findIndex(
    (node) =>
      node.type === "heading" &&
      node.depth === 2 &&
      /^flow log:?$/i.test(
        body
          .slice(node.position?.start.offset, node.position?.end.offset)
          .replace(/^##[ \t]+|[ \t#]+$/g, ""),
      ),
  );
  if (start === -1) return undefined;
  const end = children.findIndex((node, index) => index > start && isEnd(node));
  return children
    .slice(start + 1, end === -1 ? undefined : end)
    .flatMap((node) => (node.type === "list" ? node.children : []))
    .filter(({ children: [first] }) => first !== undefined).length;
}

const oddLog = fc
  .tuple(
    fc.oneof(fc.constant(""), oddDocument),
    oddDocument,
    fc.constantFrom("\n", "\r\n", "\r"),
    oddDocument,
  )
  .map(([above, log, end, below]) =>
    [above, "## Status", "Phase: done", "## Flow Log", "- [001] a", log, "- [002] b", below].join(
      end,
    ),
  );

test("reading agrees with the parser of the whole document, however odd the document", () => {
  fc.assert(
    fc.property(oddLog, (text) => {
      const items = itemsOfWholeDocument(text);
      fc.pre(items !== undefined);
      // Paragraph lines that begin with `[` and items without text make the two counts differ.
      const plain = text
        .replace(/^( {0,3})\[/gm, "$1(")
        .replace(/^( {0,3})[-*+][ \t]*$/gm, "$1text");
      expect(readFlowLog(plain)).toHaveLength(itemsOfWholeDocument(plain) ?? 0);
    }),
    runs,
  );
});

test("appending keeps every byte and every entry, however odd the document", () => {
  fc.assert(
    fc.property(oddLog, fc.oneof(fc.constant(entry), fc.string()), (text, line) => {
      const edited = appendedOrSame(text, line);
      if (edited === text) return;
      const [before, after] = [readFlowLog(text), readFlowLog(edited)];
      expect(after).toHaveLength(before.length + 1);
      expect(isInsertion(text, edited)).toBe(true);
    }),
    runs,
  );
});

/** A refusal leaves the text as it is. */
function appendedOrSame(text: string, line: string): string {
  try {
    return appendFlowLog(text, line);
  } catch (error) {
    if (error instanceof OverviewError) return text;
    throw error;
  }
}

function isInsertion(before: string, after: string): boolean {
  let shared = 0;
  while (shared < before.length && before[shared] === after[shared]) shared++;
  return after.endsWith(before.slice(shared));
}
