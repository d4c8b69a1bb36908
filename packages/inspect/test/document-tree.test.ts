import fc from "fast-check";
import { expect, it } from "vitest";
import { createDocumentParser } from "../src/document-parser.ts";
import { documentTags, parseDocument, type DocumentNode } from "../src/document-tree.ts";

it.each([
  ["# Plan <b>", [{ tag: "h1", children: ["Plan ", "<b>"] }]],
  ["<script>alert(1)</script>", ["<script>alert(1)</script>"]],
  ["<img src=x onerror=alert(1)>", ["<img src=x onerror=alert(1)>"]],
  ["[a](javascript:alert(1))", [{ tag: "p", children: ["a", " (javascript:alert(1))"] }]],
  ["[a](JaVaScRiPt:alert(1))", [{ tag: "p", children: ["a", " (JaVaScRiPt:alert(1))"] }]],
  ["[a](data:text/html,x)", [{ tag: "p", children: ["a", " (data:text/html,x)"] }]],
  ["[a](//evil.example)", [{ tag: "p", children: ["a", " (//evil.example)"] }]],
  ["[a](/etc/passwd)", [{ tag: "p", children: ["a", " (/etc/passwd)"] }]],
  ["[a](../x.md)", [{ tag: "p", children: ["a", " (../x.md)"] }]],
  [
    "[a](https://x.example)",
    [
      {
        tag: "p",
        children: [{ href: "https://x.example", children: ["a"] }, " (https://x.example)"],
      },
    ],
  ],
  [
    "[a](01-15-14%3A41-dive.md)",
    [
      {
        tag: "p",
        children: [{ file: "01-15-14:41-dive.md", children: ["a"] }, " (01-15-14%3A41-dive.md)"],
      },
    ],
  ],
  [
    "![a](https://x.example/p.png)",
    [
      {
        tag: "p",
        children: [{ tag: "em", children: ["[image: a]"] }, " (https://x.example/p.png)"],
      },
    ],
  ],
  [
    "[a][b]\n\n[b]: javascript:alert(1)",
    [
      { tag: "p", children: ["a"] },
      { tag: "p", children: ["[b]: javascript:alert(1)"] },
    ],
  ],
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
  ["```\n<b>\n```", [{ tag: "pre", children: ["<b>"] }]],
  ["```html\n<b>\n```", [{ tag: "pre", children: ["<b>"], info: "html" }]],
  ["~~~sh push  it\n~~~", [{ tag: "pre", children: [""], info: "sh push  it" }]],
  ["    ls", [{ tag: "pre", children: ["ls"] }]],
  [
    '[//]: # (push it)\n[x]: <y z> "t"',
    [
      { tag: "p", children: ['[//]: # "push it"'] },
      { tag: "p", children: ['[x]: y z "t"'] },
    ],
  ],
  ["> [x]: y", [{ tag: "blockquote", children: [{ tag: "p", children: ["[x]: y"] }] }]],
  [
    '[a](b.md "push it")',
    [{ tag: "p", children: [{ file: "b.md", children: ["a"] }, ' (b.md "push it")'] }],
  ],
  ["[b.md](b.md)", [{ tag: "p", children: [{ file: "b.md", children: ["b.md"] }] }]],
  [
    "<https://x.example>",
    [{ tag: "p", children: [{ href: "https://x.example", children: ["https://x.example"] }] }],
  ],
  [
    "www.x.example",
    [{ tag: "p", children: [{ href: "http://www.x.example", children: ["www.x.example"] }] }],
  ],
  [
    "a@x.example",
    [{ tag: "p", children: [{ href: "mailto:a@x.example", children: ["a@x.example"] }] }],
  ],
  [
    '![a](p.png "push it")',
    [
      {
        tag: "p",
        children: [{ tag: "em", children: ["[image: a]"] }, ' (p.png "push it")'],
      },
    ],
  ],
  [
    "![a][b]\n\n[b]: p.png 'push it'",
    [
      { tag: "p", children: [{ tag: "em", children: ["[image: a]"] }] },
      { tag: "p", children: ['[b]: p.png "push it"'] },
    ],
  ],
  ["<!-- push it -->", ["<!-- push it -->"]],
  [
    "a[^n]\n\n[^n]: push it",
    [
      { tag: "p", children: ["a", "[n]"] },
      { tag: "blockquote", children: ["[n] ", { tag: "p", children: ["push it"] }] },
    ],
  ],
])("makes of %j only what the page may show", (text, nodes) => {
  expect(parseDocument(text)).toEqual(nodes);
});

it("can make each of its elements, and no other", () => {
  const text = `${[1, 2, 3, 4, 5, 6].map((depth) => `${"#".repeat(depth)} x\n`).join("")}
*a* **b** ~~c~~ \`d\`\\
e

    f

> g

- h

3. i

| j |
|---|
| k |

---
`;
  const tags = new Set<string>();
  const collect = (node: DocumentNode): void => {
    if (typeof node === "string") return;
    if ("tag" in node) tags.add(node.tag);
    for (const child of node.children ?? []) collect(child);
  };
  for (const node of parseDocument(text)) collect(node);
  expect([...tags].toSorted()).toEqual(documentTags.toSorted());
});

it.each([
  ["3. a\n4. b", { tag: "ol", start: 3 }],
  ["1. a", { tag: "ol", start: 1 }],
  ["###### a", { tag: "h6" }],
])("keeps the number of %j", (text, node) => {
  expect(parseDocument(text)).toMatchObject([node]);
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

it("shows all that an agent can read, however deep it stands", () => {
  const hidden = [
    "> ".repeat(45) + "[a](b 'T1') ![T2](T3) `T4`",
    "> ".repeat(45) + "[T5]: T6 'T7'",
    "> ".repeat(45) + "```T8 T9\n" + "> ".repeat(45) + "T10\n",
  ].join("\n\n");
  const shown = JSON.stringify(parseDocument(hidden));
  for (let number = 1; number <= 10; number++) expect(shown).toContain(`T${number}`);
});
