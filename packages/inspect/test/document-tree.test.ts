import fc from "fast-check";
import { expect, it } from "vitest";
import { createDocumentParser } from "../src/document-parser.ts";
import { documentTags, parseDocument, type DocumentNode } from "../src/document-tree.ts";

it.each([
  ["# Plan <b>", [{ tag: "h1", children: ["Plan ", "<b>"] }]],
  ["<script>alert(1)</script>", ["<script>alert(1)</script>"]],
  ["<img src=x onerror=alert(1)>", ["<img src=x onerror=alert(1)>"]],
  ["[a](javascript:alert(1))", [{ tag: "p", children: ["a"] }]],
  ["[a](JaVaScRiPt:alert(1))", [{ tag: "p", children: ["a"] }]],
  ["[a](data:text/html,x)", [{ tag: "p", children: ["a"] }]],
  ["[a](//evil.example)", [{ tag: "p", children: ["a"] }]],
  ["[a](/etc/passwd)", [{ tag: "p", children: ["a"] }]],
  ["[a](../x.md)", [{ tag: "p", children: ["a"] }]],
  [
    "[a](https://x.example)",
    [{ tag: "p", children: [{ href: "https://x.example", children: ["a"] }] }],
  ],
  [
    "[a](01-15-14%3A41-dive.md)",
    [{ tag: "p", children: [{ file: "01-15-14:41-dive.md", children: ["a"] }] }],
  ],
  [
    "![a](https://x.example/p.png)",
    [{ tag: "p", children: [{ tag: "em", children: ["[picture: a]"] }] }],
  ],
  ["[a][b]\n\n[b]: javascript:alert(1)", [{ tag: "p", children: ["a"] }]],
  [
    "- [x] one\n- [ ] two",
    [
      {
        tag: "ul",
        children: [
          { tag: "li", checked: true, children: [{ tag: "p", children: ["one"] }] },
          { tag: "li", checked: false, children: [{ tag: "p", children: ["two"] }] },
        ],
      },
    ],
  ],
  [
    "| a |\n|---|\n| b |",
    [
      {
        tag: "table",
        children: [
          { tag: "tr", children: [{ tag: "th", children: ["a"] }] },
          { tag: "tr", children: [{ tag: "td", children: ["b"] }] },
        ],
      },
    ],
  ],
  ["```html\n<b>\n```", [{ tag: "pre", children: ["<b>"] }]],
])("makes of %j only what the page may show", (text, nodes) => {
  expect(parseDocument(text)).toEqual(nodes);
});

it("makes words, elements and links of any text, and nothing else", () => {
  const piece = fc.constantFrom(
    "# ",
    "- ",
    "> ",
    "1. ",
    "```",
    "`",
    "**",
    "_",
    "~~",
    "[a](",
    ")",
    "<script>",
    "<img src=x onerror=a>",
    "javascript:",
    "JAVASCRIPT:a",
    "data:",
    "https://x.example",
    "&#106;avascript:a",
    "![",
    "]",
    "|",
    "|--|",
    "\n",
    "\n\n",
    "  ",
    "[^1]",
    "[^1]: ",
    "[b]: ",
    "word",
    "<a href='javascript:a'>",
    "\\",
    "&lt;",
    "\u0000",
  );
  const check = (node: DocumentNode): void => {
    if (typeof node === "string") return;
    if ("href" in node) expect(node.href).toMatch(/^(?:https?:\/\/|mailto:)/i);
    else if ("file" in node) expect(node.file).not.toMatch(/[/\\]/);
    else expect(documentTags).toContain(node.tag);
    for (const child of node.children ?? []) check(child);
  };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const node of parseDocument(pieces.join(""))) check(node);
    }),
  );
});

it("is parsed beside the server, and given up where it takes too long", async () => {
  const parser = createDocumentParser(2000);
  try {
    const [long, after] = await Promise.all([
      parser.parse(">".repeat(50_000)),
      parser.parse("# Plan"),
    ]);
    expect(long).toBeUndefined();
    expect(after).toEqual([{ tag: "h1", children: ["Plan"] }]);
    const deep = await parser.parse(`${"- ".repeat(60)}deep`);
    expect(JSON.stringify(deep)).toContain("deep");
  } finally {
    await parser.close();
  }
});
