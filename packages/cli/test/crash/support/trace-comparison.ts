import type { SessionTrace } from "./session-trace.ts";

/** What differs between two sessions that must be the same. */
export function compareTraces(
  found: SessionTrace,
  expected: SessionTrace,
  tornLines = 0,
): string[] {
  const faults: string[] = [];
  for (const key of Object.keys(expected) as (keyof SessionTrace)[]) {
    if (key === "tornLines") continue;
    const [is, was] = [found[key], expected[key]];
    if (JSON.stringify(is) === JSON.stringify(was)) continue;
    faults.push(`${key}: ${difference(is, was)}`);
  }
  if (found.tornLines > tornLines) faults.push(`${found.tornLines} torn lines in the history`);
  return faults;
}

function difference(found: unknown, expected: unknown): string {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const more = without(found, expected);
    const less = without(expected, found);
    const lines = [
      ...less.map((line) => `- ${String(line)}`),
      ...more.map((line) => `+ ${String(line)}`),
    ];
    return `\n${(lines.length > 0 ? lines : ["another order", ...found]).join("\n")}`;
  }
  return `\n- ${JSON.stringify(expected)}\n+ ${JSON.stringify(found)}`;
}

/** What the first list has more often than the second. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = [...other];
  return list.filter((item) => {
    const index = left.indexOf(item);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/**
 * What is wrong with a session whose agent was killed, or stopped, again and again. Such a call of the agent is made
 * again in an iteration of its own; all else must be as in the other session.
 */
export function compareWork(found: SessionTrace, expected: SessionTrace): string[] {
  const broken = found.broken - expected.broken;
  const counted = found.brokenAndCounted - expected.brokenAndCounted;
  const { memory, paidCents } = found;
  const faults: string[] = [];
  const check = (what: string, is: unknown, was: unknown): void => {
    if (JSON.stringify(is) !== JSON.stringify(was)) faults.push(`${what}: ${difference(is, was)}`);
  };
  for (const key of ["overview", "questions", "signal", "ended", "trouble", "worktree"] as const) {
    check(key, withoutIteration(found[key]), withoutIteration(expected[key]));
  }
  for (const key of ["phase", "rework", "failures", "notes", "next", "hold"] as const) {
    check(key, memory?.[key], expected.memory?.[key]);
  }
  check("iteration", memory?.iteration, (expected.memory?.iteration ?? 0) + broken);
  check(
    "iterations of all phases",
    sumOf(memory?.counts),
    sumOf(expected.memory?.counts) + counted,
  );
  check("cost", memory?.costUsd, (paidCents / 100).toFixed(2));
  check("events", outline(found), outline(expected));
  check("files", ownFiles(found), ownFiles(expected));
  check("torn lines", found.tornLines, 0);
  return faults;
}

/** Iterations are counted on where one had to be begun again. */
function withoutIteration(value: unknown): unknown {
  const text = JSON.stringify(value);
  return JSON.parse(text.replaceAll(/(iteration\\*"?:|- \[) ?\d+/gi, "$1 N"));
}

function sumOf(counts: Readonly<Record<string, number>> = {}): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function outline({ events }: SessionTrace): string[] {
  return events
    .filter((event) => !event.startsWith("agent."))
    .map((event) => event.replace(/ \{.*$/s, ""));
}

/** An agent that died leaves a log, and a signal that is kept aside. */
function ownFiles({ files }: SessionTrace): string[] {
  return files.filter((name) => !/^_(?:logs|late)/.test(name));
}
