import { keyLines } from "../text/key-line.ts";
import { bodyStart, lineAt } from "../text/markdown-document.ts";
import { isTitled, sections } from "../text/markdown-section.ts";
import type { Section } from "../text/markdown-section.ts";
import { OverviewError } from "./overview-error.ts";
import type { OverviewProblem } from "./overview-error.ts";
import type { OverviewStatus } from "./overview-field.ts";
import { readFlowLog } from "./overview-log.ts";
import { readPassage } from "./overview-passage.ts";
import { locateStatus, readStatus } from "./overview-status.ts";

export { editStatus, type StatusChanges } from "./overview-edit.ts";
export { OverviewError, type OverviewProblem } from "./overview-error.ts";
export type { OverviewStatus } from "./overview-field.ts";
export { formatOverview, type NewOverview } from "./overview-format.ts";
export { appendFlowLog } from "./overview-log.ts";

/** What `_overview.md` says. */
export interface Overview {
  /** The text that was read, byte for byte. */
  readonly text: string;
  /** From the heading `# Session: NAME`. */
  readonly name?: string | undefined;
  readonly started?: string | undefined;
  readonly workingDir?: string | undefined;
  readonly task?: string | undefined;
  /** What `--dive` asked for. */
  readonly dive?: string | undefined;
  readonly status: OverviewStatus;
  /** Every Flow Log entry as one line; read when asked for, as a log can be long. */
  readonly flowLog: readonly string[];
  /** What looks like a mistake but leaves no doubt about the phase. */
  readonly warnings: readonly OverviewProblem[];
}

/**
 * Reads an overview: by people, by agents, or by the Python samocode.
 *
 * @throws {OverviewError} When there is no Status section at the top level, one of the runner's lines
 * stands in it twice, the phase is missing or unknown, or the `Blocked` word is unknown.
 * @example
 * parseOverview("# Session: login\n\n## Status\nPhase: testing\nBlocked: no\n").status.phase; // "testing"
 */
export function parseOverview(text: string): Overview {
  const found = locateStatus(text);
  const { status, warnings } = readStatus(text, found);
  const all = once(() => [...sections(text)]);
  const header = once(() => readHeader(text, all()));
  const passages = once(() => ({
    task: readSection(text, all(), "Task"),
    dive: readSection(text, all(), "Dive"),
  }));
  const flowLog = once(() => readFlowLog(text));
  const secondSections = once(() =>
    all()
      .filter((each) => isTitled(each, "Status") && each.start !== found.section.start)
      .map((section) => secondStatus(text, section)),
  );
  return {
    text,
    // Between two iterations the status alone is read, and a long log must not be felt there.
    get name() {
      return header().name;
    },
    get started() {
      return header().started;
    },
    get workingDir() {
      return header().workingDir;
    },
    get task() {
      return passages().task;
    },
    get dive() {
      return passages().dive;
    },
    status,
    get flowLog() {
      return flowLog();
    },
    get warnings() {
      return [...warnings, ...secondSections()];
    },
  };
}

function once<Value>(read: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: read() }).value;
}

function readSection(text: string, all: readonly Section[], title: string): string | undefined {
  const section = all.find((each) => isTitled(each, title));
  return section && readPassage(text.slice(section.bodyStart, section.end));
}

/**
 * The text of an overview's bytes; a byte order mark is kept as U+FEFF.
 *
 * @throws {OverviewError} When they are not UTF-8, with the line and the offset of the first bad byte.
 */
export function decodeOverview(bytes: Uint8Array): string {
  try {
    return decode(bytes, false);
  } catch {
    const offset = firstBadByte(bytes);
    const line = bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;
    const byte = bytes[offset];
    const what =
      byte === undefined ? "half a character" : `byte 0x${byte.toString(16).padStart(2, "0")}`;
    throw new OverviewError({ line, found: `${what} at offset ${offset}`, expected: "UTF-8 text" });
  }
}

function readHeader(text: string, all: readonly Section[]) {
  const title = all.find(({ depth }) => depth === 1)?.title ?? "";
  const end = all.find(({ depth }) => depth === 2)?.start ?? text.length;
  const lines = keyLines(text, { start: bodyStart(text), end });
  const valueOf = (key: string): string | undefined =>
    lines.find((line) => line.key === key)?.value || undefined;
  return {
    name: /^session:\s*(.+)$/i.exec(title)?.[1],
    started: valueOf("started"),
    workingDir: valueOf("working dir"),
  };
}

function secondStatus(text: string, { start }: Section): OverviewProblem {
  return {
    line: lineAt(text, start),
    found: "a second `## Status` section",
    expected: "one; the first counts",
  };
}

function decode(bytes: Uint8Array, stream: boolean): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream });
}

/** A prefix that is cut off within a character is no error in stream mode, so the search can halve. */
function firstBadByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isStartOfUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isStartOfUtf8(bytes: Uint8Array): boolean {
  try {
    decode(bytes, true);
    return true;
  } catch {
    return false;
  }
}
