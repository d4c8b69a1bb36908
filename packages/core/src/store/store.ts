import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { appendLine, removeDraft, renameSynced, replaceFile, writeSynced } from "./durable-file.ts";
import { readBytesFrom, readHistoryTail } from "./history-file.ts";
import type { HistoryTail } from "../history/history-tail.ts";
import { OverviewError, parseOverview, type Overview } from "../overview/overview.ts";
import { readOverviewFile } from "./overview-file.ts";
import {
  formatRecord,
  parseHistory,
  type History,
  type HistoryRecord,
} from "../history/history.ts";
import { ensureFolder } from "./own-file.ts";
import { openSignalFile } from "./signal-file.ts";
import { findNewest } from "./dated-file.ts";
import { readIfPresent, readRegularFile } from "./regular-file.ts";
import { attempt } from "./store-error.ts";

/** The files of a session folder, by what they are. */
export const sessionFiles = {
  overview: "_overview.md",
  signal: "_signal.json",
  history: "_signal_history.jsonl",
  questions: "_qa.md",
  logs: "_logs",
  late: "_late",
} as const;

/** A plan: its files, and the hash of them, to which an approval is bound. */
export interface Plan {
  /** Name of the newest plan file. */
  readonly file: string;
  readonly hash: string;
  /** Names of the older ones, the newest first: an agent reads them as well. */
  readonly others: readonly string[];
}

/** One file of a plan. */
export interface PlanPart {
  readonly file: string;
  readonly text: string;
}

/** What becomes of the text of an overview; nothing if it is to stay as it is. */
type OverviewEdit = (text: string) => string | undefined;

/** How a session's files are written. */
export interface StoreOptions {
  /** The overview carries the statechart, with the state marked that the session is in. @default false */
  readonly overviewChart?: boolean | undefined;
}

/** The files of one session. */
export type Store = ReturnType<typeof openStore>;

/**
 * Opens a session folder. Nothing is read or written yet.
 *
 * Every write is atomic and on disk when the call returns. Everything else in samocode is pure:
 * this is the library's only way to a disk.
 *
 * @example
 * const store = openStore("/home/me/code/_sessions/26-01-15-login");
 * store.readOverview().status.phase; // "investigation"
 */
export function openStore(folder: string, { overviewChart = false }: StoreOptions = {}) {
  const path = (name: string): string => join(folder, name);
  const overviewPath = path(sessionFiles.overview);
  /** A draft stands beside the overview from before its record is written until it is put in place. */
  const draftOf = (seq: number): string => `${overviewPath}.${seq}.draft`;
  const readOverviewText = (): string => readOverviewFile(folder, overviewPath, (text) => text);

  return {
    folder,

    /** What {@link StoreOptions.overviewChart} says. */
    overviewChart,

    /** Whether the folder holds a session: also while an editor has put its overview aside for a moment. */
    exists: (): boolean =>
      existsSync(path(sessionFiles.overview)) ||
      // With the first draft beside it, the session is still to be made.
      (existsSync(path(sessionFiles.history)) && !existsSync(draftOf(0))),

    /**
     * The overview, read.
     *
     * @throws {OverviewError} When it cannot be understood; the message has its path and line.
     * @throws {StoreError} When it cannot be read.
     */
    readOverview: (): Overview =>
      attempt("read", overviewPath, () => readOverviewFile(folder, overviewPath, parseOverview)),

    /** The whole history. A session without one has no records. */
    readHistory: (): History =>
      attempt("read", path(sessionFiles.history), () =>
        parseHistory(readIfThere(path(sessionFiles.history)) ?? ""),
      ),

    /** The end of the history, at a cost that does not grow with its length. */
    readHistoryTail: (): HistoryTail =>
      attempt("read", path(sessionFiles.history), () =>
        existsSync(path(sessionFiles.history))
          ? readHistoryTail(path(sessionFiles.history))
          : { torn: false },
      ),

    /** How many bytes the history has: where the next record will begin. Costs one look at the file. */
    historySize: (): number =>
      attempt(
        "read",
        path(sessionFiles.history),
        () => statSync(path(sessionFiles.history), { throwIfNoEntry: false })?.size ?? 0,
      ),

    /**
     * The records from a place on that {@link Store.historySize} gave: what was written since.
     *
     * @param word Only the lines that contain it are parsed. @default all of them
     */
    readRecordsFrom: (offset: number, word = ""): readonly HistoryRecord[] =>
      attempt("read", path(sessionFiles.history), () => {
        const text = readBytesFrom(path(sessionFiles.history), offset).toString("utf8");
        const lines = text.split("\n").filter((line) => line.includes(word));
        return parseHistory(lines.join("\n")).records;
      }),

    /**
     * Makes a record and an edit of the overview durable together: the history first, then the overview.
     * After a crash in between, {@link Store.isPending} tells that the edit is still to be made.
     *
     * @param record Made when the overview has been read and the edit is known.
     * @param edit What the overview becomes. It is asked again if someone saved the file meanwhile; where it
     * then gives nothing, the newest text stays as it is; if it cannot be read any more, the edit stays to be made.
     * Without it the overview is not touched, nor read.
     * @throws {OverviewError} When the overview cannot be read. Then nothing is recorded.
     */
    commit(seq: number, record: () => HistoryRecord, edit?: OverviewEdit): void {
      attempt("write", folder, () => {
        if (edit === undefined) {
          appendLine(path(sessionFiles.history), formatRecord(record()));
          return;
        }
        const draft = draftOf(seq);
        const before = readOverviewText();
        let after = edit(before) ?? before;
        if (after !== before) writeSynced(draft, after, overviewPath);
        try {
          appendLine(path(sessionFiles.history), formatRecord(record()));
        } catch (error) {
          rmSync(draft, { recursive: true, force: true });
          throw error;
        }
        if (after === before) return;
        let now: string;
        try {
          now = readOverviewText();
          if (now !== before) after = edit(now) ?? now;
        } catch (error) {
          // It is recorded. The draft says that the edit is still to be made.
          if (error instanceof OverviewError) return;
          throw error;
        }
        if (now !== before) writeSynced(draft, after, overviewPath);
        if (after === now) rmSync(draft, { force: true });
        else renameSynced(draft, overviewPath);
      });
    },

    /**
     * Writes the first record of a session and its overview, with which the folder becomes a session. After
     * a crash in between it is called again, and the record stays the only one.
     */
    create(overview: string, record: HistoryRecord): void {
      attempt("write", folder, () => {
        ensureFolder(path(sessionFiles.logs));
        writeSynced(draftOf(0), overview);
        const history = readIfThere(path(sessionFiles.history)) ?? "";
        const isRecorded = parseHistory(history).records.at(-1)?.event === record.event;
        if (!isRecorded) appendLine(path(sessionFiles.history), formatRecord(record));
        renameSynced(draftOf(0), overviewPath);
      });
    },

    /** Whether a crash left the overview edit of this record undone. All other drafts are removed. */
    isPending(seq: number): boolean {
      return attempt("read", folder, () => {
        removeDraft(path(sessionFiles.questions));
        const prefix = `${basename(overviewPath)}.`;
        const drafts = readdirSync(join(overviewPath, "..")).filter(
          (name) => name.startsWith(prefix) && /^\d+\.draft$/.test(name.slice(prefix.length)),
        );
        const pending = basename(draftOf(seq));
        for (const name of drafts) {
          if (name !== pending)
            rmSync(join(overviewPath, "..", name), { recursive: true, force: true });
        }
        return drafts.includes(pending);
      });
    },

    /** Drops the overview edit of a record that a crash left undone: something newer is decided. */
    dropPending: (seq: number): void => {
      attempt("write", overviewPath, () => rmSync(draftOf(seq), { recursive: true, force: true }));
    },

    /** Makes the overview edit of a record that a crash left undone. */
    finishPending(seq: number, edit: (text: string) => string): void {
      attempt("write", overviewPath, () => {
        writeSynced(draftOf(seq), edit(readOverviewText()), overviewPath);
        renameSynced(draftOf(seq), overviewPath);
      });
    },

    ...openSignalFile(path(sessionFiles.signal), path(sessionFiles.late)),

    /** The text of `_qa.md`; nothing if there is none. */
    readQuestions: (): string | undefined =>
      attempt("read", path(sessionFiles.questions), () =>
        readIfThere(path(sessionFiles.questions)),
      ),

    /** Replaces `_qa.md`. */
    writeQuestions: (text: string): void => {
      attempt("write", path(sessionFiles.questions), () =>
        replaceFile(path(sessionFiles.questions), text),
      );
    },

    /** Name of the newest plan file, where the session has one; unlike {@link Store.readPlan}, no plan is read. */
    findPlan: (): string | undefined =>
      attempt("read", folder, () => newestPlan(folder, planFiles(folder))),

    /** The plan, if the session has one. */
    readPlan: (): Plan | undefined => attempt("read", folder, () => readPlanFiles(folder)?.plan),

    /** The plan with all that it says, the newest file first: exactly what its hash stands for. */
    readWholePlan: (): (Plan & { readonly parts: readonly PlanPart[] }) | undefined =>
      attempt("read", folder, () => {
        const found = readPlanFiles(folder);
        if (found === undefined) return undefined;
        const { plan, files } = found;
        const parts = [plan.file, ...plan.others].map((file) => {
          const bytes = files.find((each) => each.file === file)?.bytes;
          return { file, text: bytes?.toString("utf8") ?? "" };
        });
        return { ...plan, parts };
      }),
  };
}

/** The plan, and its files as they were read for the hash, by name. */
function readPlanFiles(folder: string) {
  const names = planFiles(folder);
  const newest = newestPlan(folder, names);
  if (newest === undefined) return undefined;
  const hash = createHash("sha256");
  const files = names.map((file) => ({ file, bytes: readRegularFile(join(folder, file)) }));
  for (const { file, bytes } of files) hash.update(`${file}\0`).update(bytes);
  const others = names.filter((name) => name !== newest).toReversed();
  const plan: Plan = { file: newest, hash: hash.digest("hex"), others };
  return { plan, files };
}

/** The names sort by day and not by year, and a clock can be set back. */
function newestPlan(folder: string, names: readonly string[]): string | undefined {
  const files = names.map((name) => ({ name, modifiedAt: lstatSync(join(folder, name)).mtimeMs }));
  return findNewest(files, basename(folder))?.name;
}

/** Sorted by name: the hash of a plan depends on their order. */
function planFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /-plan(-.*)?\.md$/.test(name))
    .filter((name) => lstatSync(join(folder, name)).isFile())
    .toSorted();
}

// Strict, so that bytes which are no UTF-8 are never written back as something else.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readIfThere(path: string): string | undefined {
  const bytes = readIfPresent(path);
  return bytes && decoder.decode(bytes);
}
