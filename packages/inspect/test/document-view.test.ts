import { expect, it } from "vitest";
import { parseDocument } from "../src/document-tree.ts";
import { createDocumentView } from "../src/document-view.ts";

const facts = { name: "a.md", bytes: 3, changedAt: 1 };
const parser = { parse: async (text: string) => parseDocument(text), close: async () => {} };

it("parses a Markdown text, and makes visible what cannot be seen in it", async () => {
  const text = "a\u200Bb `c\u202Ed` &#x200B;\n\n```x\u200By\nz\u2060\n```\n\n---\n";
  expect(await createDocumentView({ file: facts, isCut: false, text }, parser)).toEqual({
    ...facts,
    isCut: false,
    nodes: [
      {
        tag: "p",
        children: ["a⟦U+200B⟧b ", { tag: "code", children: ["c⟦U+202E⟧d"] }, " ⟦U+200B⟧"],
      },
      { tag: "pre", children: ["z⟦U+2060⟧"], info: "x⟦U+200B⟧y" },
      { tag: "hr" },
    ],
  });
});

it.each([
  ["another file", "a.json", "{\u200B}"],
  ["a text that is too long to parse", "a.markdown", "\u200B".padEnd(200_001, "x")],
])("shows %s as its text, and what cannot be seen in it", async (_, name, text) => {
  const file = { ...facts, name };
  expect(await createDocumentView({ file, isCut: true, text }, parser)).toEqual({
    ...file,
    isCut: true,
    text: text.replace("\u200B", "⟦U+200B⟧"),
  });
});

it("shows a text that cannot be parsed in good time as it is", async () => {
  const slow = { ...parser, parse: async () => undefined };
  expect(await createDocumentView({ file: facts, isCut: false, text: "# a" }, slow)).toEqual({
    ...facts,
    isCut: false,
    text: "# a",
  });
});

it("parses a text that is just short enough", async () => {
  const text = "x".repeat(200_000);
  const view = await createDocumentView({ file: facts, isCut: false, text }, parser);
  expect(view.nodes).toEqual([{ tag: "p", children: [text] }]);
});

it("shows neither of what is no text", async () => {
  expect(await createDocumentView({ file: facts, isCut: false }, parser)).toEqual({
    ...facts,
    isCut: false,
  });
});
