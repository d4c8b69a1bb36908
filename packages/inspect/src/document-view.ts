import { revealHidden } from "@samocode/core/overview";
import type { DocumentParser } from "./document-parser.ts";
import type { DocumentNode } from "./document-tree.ts";
import type { FileContent } from "./session-files.ts";

/** A file of a session as the page shows it. */
export interface DocumentView {
  readonly name: string;
  readonly bytes: number;
  readonly changedAt: number;
  readonly isCut: boolean;
  /** A Markdown text, parsed. */
  readonly nodes?: readonly DocumentNode[];
  /** Any other text, and one that cannot be parsed in good time. */
  readonly text?: string;
}

/** The longest text that is parsed, in characters. */
const maxParsed = 200_000;

/**
 * What the page shows of a file; neither nodes nor text if it is no text. What cannot be seen in it, and an agent can
 * read, is made visible.
 */
export async function createDocumentView(
  { file, isCut, text }: FileContent,
  parser: DocumentParser,
): Promise<DocumentView> {
  const facts = { name: file.name, bytes: file.bytes, changedAt: file.changedAt, isCut };
  if (text === undefined) return facts;
  const isMarkdown = /\.(?:md|markdown)$/i.test(file.name) && text.length <= maxParsed;
  const nodes = isMarkdown ? await parser.parse(text) : undefined;
  return nodes === undefined
    ? { ...facts, text: revealHidden(text) }
    : { ...facts, nodes: nodes.map(revealNode) };
}

function revealNode(node: DocumentNode): DocumentNode {
  if (typeof node === "string") return revealHidden(node);
  const { children } = node;
  return {
    ...node,
    ...("info" in node && node.info !== undefined && { info: revealHidden(node.info) }),
    ...(children !== undefined && { children: children.map(revealNode) }),
  };
}
