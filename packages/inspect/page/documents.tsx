import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DocumentView } from "../src/document-view.ts";
import type { SessionFile } from "../src/session-files.ts";
import { askDocument } from "./ask.ts";
import { DocumentNodes } from "./document-nodes.tsx";
import { formatBytes, formatTime } from "./figures.ts";

export interface DocumentsProps {
  readonly session: string;
  readonly files: readonly SessionFile[];
  readonly now: number;
  /** The file that is read. */
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** The files of a session, and the one that is read. */
export function Documents({ session, files, now, name, onName }: DocumentsProps): JSX.Element {
  return (
    <div class="documents">
      <nav aria-label="Files of the session">
        <ul>
          {files.toSorted(byImportance).map((file) => (
            <li key={file.name}>
              <button
                type="button"
                aria-current={file.name === name ? "true" : undefined}
                onClick={() => onName(file.name)}
              >
                <span class="name">{file.name}</span>
                <span class="facts-of-file">
                  {formatBytes(file.bytes)} · {formatTime(file.changedAt, now)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <Reader session={session} files={files} name={name} onName={onName} />
    </div>
  );
}

interface ReaderProps {
  readonly session: string;
  readonly files: readonly SessionFile[];
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** One file of a session, read again when it changes. */
export function Reader({ session, files, name, onName }: ReaderProps): JSX.Element {
  const [shown, setShown] = useState<DocumentView | { readonly problem: string }>();
  const changedAt = files.find((file) => file.name === name)?.changedAt;
  useEffect(() => {
    let isWanted = true;
    askDocument(session, name).then(
      (view) => isWanted && setShown(view),
      (error: unknown) => isWanted && setShown({ problem: String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [session, name, changedAt]);
  if (shown === undefined) return <div class="reader" aria-busy="true" />;
  if ("problem" in shown) {
    return (
      <div class="reader">
        <p class="nothing">{shown.problem}</p>
      </div>
    );
  }
  const { nodes, text, isCut } = shown;
  return (
    <article class="reader" aria-label={shown.name} tabIndex={0}>
      {nodes !== undefined && (
        <DocumentNodes
          nodes={nodes}
          hasFile={(file) => files.some((each) => each.name === file)}
          onFile={onName}
        />
      )}
      {text !== undefined && <pre class="plain">{text}</pre>}
      {nodes === undefined && text === undefined && <p class="nothing">This is not a text file.</p>}
      {isCut && <p class="nothing">The file is longer; this is its beginning.</p>}
    </article>
  );
}

const first = ["_overview.md", "_qa.md"];

/** The overview and the questions, then the newest files. */
function byImportance(one: SessionFile, other: SessionFile): number {
  return rank(one) - rank(other) || other.changedAt - one.changedAt;
}

function rank({ name }: SessionFile): number {
  const at = first.indexOf(name);
  if (at !== -1) return at;
  if (name.startsWith("_late/")) return 5;
  return name.startsWith("_") ? 4 : 3;
}
