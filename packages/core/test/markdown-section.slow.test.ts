import fc from "fast-check";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import {
  bodyStart,
  lineStart,
  parseSlice,
  spanOf,
  type Span,
} from "../src/text/markdown-document.ts";
import { sections } from "../src/text/markdown-section.ts";
import { oddDocument, runs } from "./support/odd-documents.ts";

/** Where the sections are in the eyes of the unaided parser. */
function sectionsOfWholeDocument(text: string): unknown[] {
  const base = bodyStart(text);
  const body = text.slice(base).replace(/^\uFEFF/, "\uFFFD");
  const found = [{ depth: 0, start: base, end: text.length }];
  for (const node of unified().use(remarkParse).parse(body).children) {
    if (node.type !== "heading" || node.depth > 2) continue;
    const start = base + lineStart(body, node.position?.start.offset ?? 0);
    Object.assign(found.at(-1) ?? {}, { end: start });
    found.push({ depth: node.depth, start, end: text.length });
  }
  return found;
}

test("sections are where the parser of the whole document sees them", () => {
  fc.assert(
    fc.property(oddDocument, (text) => {
      const found = [...sections(text)].map(({ depth, start, end }) => ({ depth, start, end }));
      expect(found).toEqual(sectionsOfWholeDocument(text));
    }),
    runs,
  );
});

// The parser counts an empty last line to a fence that is never closed, so blocks are compared as text.
function blocksIn(text: string, span: Span): { type: string; start: number; source: string }[] {
  return parseSlice(text, span).children.map((block) => {
    const { start, end } = spanOf(block, span.start);
    return { type: block.type, start, source: text.slice(start, end).trimEnd() };
  });
}

test("a section that is parsed alone has the blocks that the whole document has there", () => {
  fc.assert(
    fc.property(oddDocument, (text) => {
      const whole = blocksIn(text, { start: bodyStart(text), end: text.length });
      // An underlined heading that looks like an empty list item depends on the line above it.
      const named = [...sections(text)].filter(({ title }) => /^[a-z ]*$/i.test(title));
      for (const section of named) {
        const there = whole.filter(({ start }) => start >= section.start && start < section.end);
        expect(blocksIn(text, section)).toEqual(there);
      }
    }),
    runs,
  );
});
