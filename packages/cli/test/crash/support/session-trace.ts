import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import type { SessionMemory } from "@samocode/core";
import { parseHistory, type HistoryRecord } from "@samocode/core/store";

/** What a session came to, without what may differ from run to run: times, ids and paths. */
export interface SessionTrace {
  readonly overview: string;
  readonly questions: string;
  readonly signal: string;
  /** Phase, counters, cost, approval: what the newest record remembers. */
  readonly memory: TracedMemory | undefined;
  /** Every event that is no mere restart, where it led, and what is known of it. */
  readonly events: readonly string[];
  /** Iterations that ended without an answer. */
  readonly broken: number;
  /** Those of them that were interrupted: only they count. A human who resumes a phase gives it all its iterations again. */
  readonly brokenAndCounted: number;
  /** The calls of the agent that were started, and those that came to their end. */
  readonly started: readonly string[];
  readonly ended: readonly string[];
  /** Calls that had another one beside them, or that nobody should have made. */
  readonly trouble: readonly string[];
  /** What all calls of the agent cost, in cents. */
  readonly paidCents: number;
  /** All files of the session folder and beside it. */
  readonly files: readonly string[];
  /** Commits of the worktree and what is not committed. */
  readonly worktree: readonly string[];
  /** Lines of the history that are no records. */
  readonly tornLines: number;
}

/** What a session remembers, with its cost and that of each phase as people read it. */
type TracedMemory = Omit<SessionMemory, "costUsd" | "phaseCosts"> & {
  readonly costUsd: string;
  readonly phaseCosts: Readonly<Record<string, string>>;
};

/** Reads what became of a session. */
export async function readTrace(place: {
  readonly root: string;
  readonly folder: string;
  readonly journal: string;
}): Promise<SessionTrace> {
  const { root, folder, journal } = place;
  const text = (name: string): string => {
    const path = join(folder, name);
    return existsSync(path) ? withoutChance(readFileSync(path, "utf8"), root) : "";
  };
  const { records, problems } = parseHistory(readIfThere(join(folder, "_signal_history.jsonl")));
  const notes = readIfThere(journal)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "));
  const told = (what: string): string[] =>
    notes.filter(([word]) => word === what).map(([, , ...rest]) => rest.join(" "));
  return {
    overview: text("_overview.md"),
    questions: text("_qa.md"),
    signal: text("_signal.json"),
    memory: memoryOf(records),
    broken: records.filter(isBroken).length,
    brokenAndCounted: records.filter(
      (record, index) =>
        isBroken(record) &&
        record.event === "agent.interrupted" &&
        !isForgotten(record, records.slice(index)),
    ).length,
    events: records.filter((record) => !isRestart(record)).map((record) => describe(record, root)),
    started: told("start"),
    ended: told("end"),
    trouble: [...told("beside").map((pids) => `beside ${pids}`), ...told("astray")],
    paidCents: told("paid").reduce((sum, cents) => sum + Number(cents), 0),
    files: listFiles(root, folder),
    worktree: await readWorktree(root, folder),
    tornLines: problems.length,
  };
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function withoutChance(text: string, root: string): string {
  return text
    .replaceAll(root, "ROOT")
    .replaceAll(/\d\d-\d\d[ -]\d\d:?\d\d(?=\b|-)/g, "TIME")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.-]+Z/g, "TIME")
    .replaceAll(/\d\d-\d\d-\d\d-login/g, "DATE-login");
}

function memoryOf(records: readonly HistoryRecord[]): TracedMemory | undefined {
  const memory = records.findLast((record) => record.memory !== undefined)?.memory;
  if (memory === undefined) return undefined;
  const { costUsd, phaseCosts = {}, approval, wait, ...rest } = memory;
  const costs = Object.entries(phaseCosts).map(([phase, cost]) => [phase, cost.toFixed(2)]);
  return {
    ...rest,
    costUsd: costUsd.toFixed(2),
    phaseCosts: Object.fromEntries(costs) as Record<string, string>,
    ...(approval && { approval: { ...approval, at: 0 } }),
    ...(wait && { wait: { ...wait, since: 0 } }),
  };
}

/** Whether an iteration ended without an answer. */
function isBroken({ event = "", from = "", ...more }: HistoryRecord): boolean {
  return event.startsWith("agent.") && from.startsWith("working.") && more["unbegun"] !== true;
}

function isForgotten({ phase }: HistoryRecord, later: readonly HistoryRecord[]): boolean {
  return later.some((record) => record.event === "resume" && record.phase === phase);
}

/** A new run, or a wait that a new run does not sit out: not the session's own doing. */
function isRestart({ event = "" }: HistoryRecord): boolean {
  return event === "run" || event === "wake";
}

function describe(record: HistoryRecord, root: string): string {
  const { event = "", to, iteration, phase, costUsd, turns } = record;
  const { putBack, refused, late, signal, commits, by } = record as Record<string, unknown>;
  const subjects = Array.isArray(commits)
    ? commits.map((line) => String(line).replace(/^\w+ /, ""))
    : [];
  // A person who finds the answers in the file need not be told that a command has put them there.
  if (event === "answer") return event;
  const told = { iteration, phase, costUsd, turns, putBack, refused, late, signal, by, subjects };
  return withoutChance(`${event} -> ${to} ${JSON.stringify(told)}`, root);
}

function listFiles(root: string, folder: string): readonly string[] {
  const inside = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const beside = readdirSync(join(root, "sessions")).filter((name) => name !== basename(folder));
  const around = readdirSync(root).filter((name) => !name.startsWith("journal"));
  // An agent that has ended at once is not written down as a process.
  const all = [...inside.filter((name) => !name.endsWith(".agent.json")), ...beside, ...around];
  const names = all.map((name) => withoutChance(name, root)).toSorted();
  // Tests whose runner was killed are run again; a minute later their log has a name of its own.
  return names.filter((name, index) => name !== names[index - 1] || !name.endsWith("-tests.txt"));
}

async function readWorktree(root: string, folder: string): Promise<readonly string[]> {
  const cwd = join(root, "worktrees", basename(folder));
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)("git", ["-C", cwd, ...args]);
    return stdout.trimEnd();
  };
  return [await git("log", "--all", "--format=%D %s"), await git("status", "--porcelain")];
}
