import type { Definition, Nodes, PhrasingContent, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** The elements that a text can become on the page: these, and no others. */
export const documentTags = [
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "em",
  "strong",
  "del",
  "code",
  "pre",
  "blockquote",
  "ul",
  "ol",
  "li",
  "table",
  "tr",
  "th",
  "td",
  "hr",
  "br",
] as const;
export type DocumentTag = (typeof documentTags)[number];

/** A part of a text to be shown: words, an element, or a link. It has no HTML in it. */
export type DocumentNode =
  | string
  | {
      readonly tag: DocumentTag;
      readonly children?: readonly DocumentNode[];
      /** The number of the first item of an ordered list. */
      readonly start?: number;
      /** What stands behind the mark of a code block: its language, and whatever else. */
      readonly info?: string;
      /** Of a list item that is a task. */
      readonly checked?: boolean;
    }
  /** A place in the web: `http`, `https` or `mailto`. */
  | { readonly href: string; readonly children: readonly DocumentNode[] }
  /** A file of the session, if it has one of this name. */
  | { readonly file: string; readonly children: readonly DocumentNode[] };

/** How deep a text may be nested; what is deeper is shown as its words. */
const maxDepth = 40;

const parser = unified().use(remarkParse).use(remarkGfm);

/**
 * Makes of a Markdown text what the page shows. HTML in it stays words, a picture becomes its description, and a
 * link leads to the web or to a file of the session, nowhere else. Whatever an agent can read in the text can be read
 * in what is shown: addresses, titles and definitions stand as words.
 *
 * @example
 * parseDocument("# Plan <b>"); // [{ tag: "h1", children: ["Plan ", "<b>"] }]
 */
export function parseDocument(text: string): readonly DocumentNode[] {
  const root = parser.parse(text);
  const definitions = new Map<string, Definition>();
  for (const node of root.children) {
    if (node.type === "definition") definitions.set(node.identifier, node);
  }
  return createAll(root.children, { definitions, depth: 0 });
}

interface Place {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly depth: number;
}

function createAll(nodes: readonly RootContent[], place: Place): readonly DocumentNode[] {
  return nodes.flatMap((node) => create(node, place));
}

function create(node: RootContent, place: Place): readonly DocumentNode[] {
  if (place.depth > maxDepth) return [wordsOf(node)];
  const below = { ...place, depth: place.depth + 1 };
  const inside = (): readonly DocumentNode[] =>
    "children" in node ? createAll(node.children, below) : [];
  switch (node.type) {
    case "text":
    case "html":
    case "yaml":
      return [node.value];
    case "paragraph":
      return [{ tag: "p", children: inside() }];
    case "heading":
      return [{ tag: `h${node.depth}`, children: inside() }];
    case "emphasis":
      return [{ tag: "em", children: inside() }];
    case "strong":
      return [{ tag: "strong", children: inside() }];
    case "delete":
      return [{ tag: "del", children: inside() }];
    case "inlineCode":
      return [{ tag: "code", children: [node.value] }];
    case "code":
      return [createCode(node.value, [node.lang ?? "", node.meta ?? ""].join(" ").trim())];
    case "blockquote":
      return [{ tag: "blockquote", children: inside() }];
    case "list":
      return [
        {
          tag: node.ordered === true ? "ol" : "ul",
          children: inside(),
          ...(typeof node.start === "number" && { start: node.start }),
        },
      ];
    case "listItem":
      return [
        {
          tag: "li",
          children: inside(),
          ...(typeof node.checked === "boolean" && { checked: node.checked }),
        },
      ];
    case "table":
      return [
        { tag: "table", children: node.children.map((row, index) => createRow(row, index, below)) },
      ];
    case "thematicBreak":
      return [{ tag: "hr" }];
    case "break":
      return [{ tag: "br" }];
    case "link":
      return [...createLink(node.url, inside()), ...sayTarget(node, wordsIn(node.children))];
    case "linkReference": {
      // Where it leads is said by its definition.
      const url = place.definitions.get(node.identifier)?.url;
      return url === undefined ? inside() : createLink(url, inside());
    }
    case "image":
      return [sayPicture(node.alt), ...sayTarget(node, "")];
    case "imageReference":
      return [sayPicture(node.alt)];
    case "footnoteReference":
      return [`[${labelOf(node)}]`];
    case "footnoteDefinition":
      return [{ tag: "blockquote", children: [`[${labelOf(node)}] `, ...inside()] }];
    case "definition":
      return [{ tag: "p", children: [`[${labelOf(node)}]: ${targetOf(node)}`] }];
    case "tableRow":
    case "tableCell":
      return inside();
  }
}

function createRow(
  row: { readonly children: readonly { readonly children: PhrasingContent[] }[] },
  index: number,
  place: Place,
): DocumentNode {
  const tag = index === 0 ? "th" : "td";
  return {
    tag: "tr",
    children: row.children.map(({ children }) => ({ tag, children: createAll(children, place) })),
  };
}

function createCode(value: string, info: string): DocumentNode {
  const children = [value];
  return { tag: "pre", children, ...(info !== "" && { info: info }) };
}

function sayPicture(alt: string | null | undefined): DocumentNode {
  return { tag: "em", children: [`[image: ${alt ?? ""}]`] };
}

interface Target {
  readonly url: string;
  readonly title?: string | null | undefined;
}

/** Where something leads, and its title; nothing if its words say just that. */
function sayTarget(target: Target, words: string): readonly DocumentNode[] {
  const said = targetOf(target);
  const isSaid = [words, `http://${words}`, `https://${words}`, `mailto:${words}`].includes(said);
  return isSaid ? [] : [` (${said})`];
}

function targetOf({ url, title }: Target): string {
  return typeof title === "string" ? `${url} "${title}"` : url;
}

function labelOf(node: {
  readonly label?: string | null | undefined;
  readonly identifier: string;
}) {
  return node.label ?? node.identifier;
}

function createLink(url: string, children: readonly DocumentNode[]): readonly DocumentNode[] {
  if (/^(?:https?:\/\/|mailto:)/i.test(url)) return [{ href: url, children }];
  const file = /^(?:\.\/)?([^/:?#\\]+)(?:#.*)?$/.exec(url)?.[1];
  return file === undefined ? children : [{ file: decode(file), children }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The words of a node and of all that is in it, without recursion: it may be as deep as the text is long. */
function wordsOf(top: Nodes): string {
  const words: string[] = [];
  const open: Nodes[] = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    words.push(...ownWords(node));
    if ("children" in node) open.push(...node.children.toReversed());
  }
  return words.join(" ");
}

/** All that a node says by itself. */
function ownWords(node: Nodes): readonly string[] {
  return [
    "value" in node ? node.value : "",
    "lang" in node ? (node.lang ?? "") : "",
    "meta" in node ? (node.meta ?? "") : "",
    "alt" in node ? (node.alt ?? "") : "",
    "label" in node ? (node.label ?? "") : "",
    "url" in node ? targetOf(node) : "",
  ].filter((words) => words !== "");
}

function wordsIn(nodes: readonly Nodes[]): string {
  return nodes.map(wordsOf).join("");
}
