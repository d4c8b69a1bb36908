import { h } from "preact";
import { expect, it } from "vitest";
import { DocumentNodes } from "../../page/document-nodes.tsx";
import { Documents } from "../../page/documents.tsx";
import { formatTime } from "../../page/figures.ts";
import type { DocumentNode } from "../../src/document-tree.ts";
import { openPageDom, Refused, stubServer } from "../support/page-dom.ts";

const now = Date.UTC(2026, 0, 15, 12);
const file = (name: string, changedAt = now) => ({ name, bytes: 2048, changedAt });

async function openDocuments(
  answer: (url: string) => unknown,
  files = [file("_overview.md"), file("notes.md")],
) {
  const dom = openPageDom();
  const asked = stubServer(answer);
  const named: string[] = [];
  const onName = (next: string): void => void named.push(next);
  const show = (name = "_overview.md", shown = files): Promise<void> => {
    dom.show(h(Documents, { session: "login", files: shown, now, name, onName }));
    return dom.settle();
  };
  await show();
  return { ...dom, asked, named, show };
}
const text = { name: "_overview.md", text: "hello", isCut: false };

it("lists the overview and the questions first, then the newest, then what the runner keeps", async () => {
  const names = ["_late/x", "_signal.json", "a.md", "_qa.md", "b.md", "_overview.md", "_logs/y"];
  const files = names.map((name, index) => file(name, now + index));
  const documents = await openDocuments(() => text, files);
  expect(documents.texts("nav .name")).toEqual([
    "_overview.md",
    "_qa.md",
    "b.md",
    "a.md",
    "_logs/y",
    "_signal.json",
    "_late/x",
  ]);
  expect(documents.text(".facts-of-file")).toBe(
    `2 KB · ${formatTime(now, now)}`.replaceAll(/\s+/g, " "),
  );
  expect(documents.find("nav button").getAttribute("aria-current")).toBe("true");
  expect(documents.find("li + li button").getAttribute("aria-current")).toBe(null);
  await documents.click("li + li button");
  expect(documents.named).toEqual(["_qa.md"]);
});

it("reads a file, and again when another one is named or it has changed", async () => {
  const documents = await openDocuments((url) => ({ ...text, text: url }));
  expect(documents.text("pre.plain")).toBe("/api/document?session=login&name=_overview.md");
  await documents.show("_overview.md");
  expect(documents.asked).toHaveLength(1);
  await documents.show("notes.md");
  expect(documents.text("pre.plain")).toBe("/api/document?session=login&name=notes.md");
  await documents.show("notes.md", [file("notes.md", now + 1)]);
  expect(documents.asked).toHaveLength(3);
});

it("says that a file is cut, is no text, or cannot be read", async () => {
  const documents = await openDocuments(() => ({ ...text, isCut: true }));
  expect(documents.texts(".reader > *")).toEqual([
    "hello",
    "The file is longer; this is its beginning.",
  ]);
  const binary = await openDocuments(() => ({ name: "x", isCut: false }));
  expect(binary.texts(".reader > *")).toEqual(["This is not a text file."]);
  const gone = await openDocuments(() => new Refused(404, { message: "it is gone" }));
  expect(gone.texts(".reader > *")).toEqual(["AskError: it is gone"]);
});

it("shows nothing of a file that was read too late", async () => {
  const answers = new Map<string, (value: unknown) => void>();
  const documents = await openDocuments(
    (url) => new Promise((resolve) => void answers.set(url.split("name=")[1] ?? "", resolve)),
  );
  expect(documents.find(".reader").getAttribute("aria-busy")).toBe("true");
  await documents.show("notes.md");
  answers.get("notes.md")?.({ ...text, text: "the notes" });
  await documents.settle();
  answers.get("_overview.md")?.({ ...text, text: "the overview" });
  await documents.settle();
  expect(documents.text(".reader")).toBe("the notes");
});

it("leads from a file to the others of the session, and to no others", async () => {
  const nodes: readonly DocumentNode[] = [
    { file: "notes.md", children: ["notes"] },
    { file: "else.md", children: ["else"] },
  ];
  const documents = await openDocuments(() => ({ name: "x", nodes, isCut: false }));
  expect(documents.text(".reader")).toBe("noteselse");
  expect(documents.texts(".reader button")).toEqual(["notes"]);
  await documents.press("notes");
  expect(documents.named).toEqual(["notes.md"]);
});

it("shows every part of a text as the element that it is", () => {
  const dom = openPageDom();
  const html = (...nodes: readonly DocumentNode[]): string => {
    dom.show(h(DocumentNodes, { nodes, hasFile: () => false, onFile: () => {} }));
    return dom.html();
  };
  expect(html("a", { tag: "em", children: ["b"] }, { tag: "p" })).toBe("a<em>b</em><p></p>");
  expect(html({ tag: "hr", children: ["x"] }, { tag: "br" })).toBe("<hr><br>");
  expect(html({ tag: "ol", start: 3, children: [{ tag: "li", children: ["c"] }] })).toBe(
    '<ol start="3"><li>c</li></ol>',
  );
  expect(html({ tag: "pre", children: ["x"] })).toBe('<pre tabindex="0"><code>x</code></pre>');
  expect(html({ tag: "pre", info: "sh now", children: ["x"] })).toBe(
    '<div class="block"><p class="info">sh now</p><pre tabindex="0"><code>x</code></pre></div>',
  );
  expect(html({ tag: "li", checked: true, children: ["d"] })).toBe(
    '<li class="task done"><span class="box" role="img" aria-label="done"></span>d</li>',
  );
  expect(html({ tag: "li", checked: false, children: ["e"] })).toBe(
    '<li class="task"><span class="box" role="img" aria-label="to do"></span>e</li>',
  );
  expect(html({ tag: "table", children: [{ tag: "tr", children: ["f"] }] })).toBe(
    '<div class="table" tabindex="0"><table><tbody><tr>f</tr></tbody></table></div>',
  );
  expect(html({ href: "https://a.b", children: ["g"] })).toBe(
    '<a href="https://a.b" target="_blank" rel="noopener noreferrer">g</a>',
  );
  expect(html({ file: "x.md", children: ["h"] })).toBe("<span>h</span>");
  expect(html("<b>")).toBe("&lt;b&gt;");
});
