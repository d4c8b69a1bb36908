import type { JSX } from "preact";
import type { DocumentNode, DocumentTag } from "../src/document-tree.ts";

export interface DocumentNodesProps {
  readonly nodes: readonly DocumentNode[];
  /** Whether the session has a file of this name. */
  readonly hasFile: (name: string) => boolean;
  readonly onFile: (name: string) => void;
}

/** A text of an agent or a person, as elements: nothing of it is ever read as HTML. */
export function DocumentNodes({ nodes, hasFile, onFile }: DocumentNodesProps): JSX.Element {
  const all = (children: readonly DocumentNode[] = []): readonly (JSX.Element | string)[] =>
    children.map((node, index) => {
      if (typeof node === "string") return node;
      if ("href" in node) {
        return (
          <a key={index} href={node.href} target="_blank" rel="noopener noreferrer">
            {all(node.children)}
          </a>
        );
      }
      if ("file" in node) {
        const { file } = node;
        if (!hasFile(file)) return <span key={index}>{all(node.children)}</span>;
        return (
          <button key={index} type="button" class="link" onClick={() => onFile(file)}>
            {all(node.children)}
          </button>
        );
      }
      return element(node, index, all);
    });
  return <>{all(nodes)}</>;
}

type Element = Extract<DocumentNode, { readonly tag: DocumentTag }>;
type All = (children?: readonly DocumentNode[]) => readonly (JSX.Element | string)[];

function element({ tag: Tag, children, start, checked, info }: Element, key: number, all: All) {
  if (Tag === "hr" || Tag === "br") return <Tag key={key} />;
  if (Tag === "table") {
    return (
      <div key={key} class="table" tabIndex={0}>
        <table>
          <tbody>{all(children)}</tbody>
        </table>
      </div>
    );
  }
  if (Tag === "ol") {
    return (
      <ol key={key} start={start}>
        {all(children)}
      </ol>
    );
  }
  if (Tag === "pre") {
    const block = (
      <pre key={key} tabIndex={0}>
        <code>{all(children)}</code>
      </pre>
    );
    if (info === undefined) return block;
    return (
      <div key={key} class="block">
        <p class="info">{info}</p>
        {block}
      </div>
    );
  }
  if (Tag === "li" && checked !== undefined) {
    return (
      <li key={key} class={checked ? "task done" : "task"}>
        <span class="box" role="img" aria-label={checked ? "done" : "to do"} />
        {all(children)}
      </li>
    );
  }
  return <Tag key={key}>{all(children)}</Tag>;
}
