import { z } from "zod";
import { remedies } from "../workflow/patience.ts";
import { secondTries } from "../workflow/second-try.ts";
import { findUnknownWord } from "./record-words.ts";
import { blockNeeds, phases, waitReasons } from "../workflow/phase.ts";
import type { SessionMemory } from "../machine/session-context.ts";
import type { OverviewStatus } from "../overview/overview.ts";

const amount = z.number().nonnegative();

const Hold = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting"), for: z.enum(waitReasons) }),
  z.object({
    kind: z.literal("blocked"),
    reason: z.string(),
    needs: z.enum(blockNeeds),
    waitedFor: z.enum(waitReasons).optional(),
  }),
]);

const Wait = z.object({
  since: z.number(),
  rule: z.object({ remedy: z.enum(remedies), afterMs: z.number().positive() }).optional(),
  answerBy: z.number().optional(),
  takesSuggestions: z.boolean().optional(),
});

const Approval = z.object({
  by: z.string(),
  at: z.number(),
  planHash: z.string().optional(),
  used: z.boolean(),
});

const Memory = z.object({
  phase: z.enum(phases),
  hold: Hold.optional(),
  wait: Wait.optional(),
  iteration: z.int().nonnegative(),
  counts: z.record(z.enum(phases), z.int().nonnegative()),
  rework: z.int().nonnegative(),
  failures: z.int().nonnegative(),
  secondTries: z.array(z.enum(secondTries)).readonly().optional().catch(undefined),
  costUsd: amount,
  costIsLeast: z.boolean().optional(),
  phaseCosts: z.partialRecord(z.enum(phases), amount).optional(),
  notes: z.array(z.object({ about: z.string(), text: z.string().optional() })).readonly(),
  approval: Approval.optional(),
  lapsed: Approval.optional(),
  problem: z.string().optional(),
  next: z.enum(phases).optional(),
  limitedUntil: z.number().optional().catch(undefined),
  limits: z.int().nonnegative().optional().catch(undefined),
  asking: z
    .object({
      text: z.string(),
      given: z.array(z.object({ id: z.string(), text: z.string() })).readonly(),
    })
    .optional(),
}) satisfies z.ZodType<SessionMemory>;

/** What the overview said where the record has changed it: a crash in between must not hide that a person did, too. */
const Replaces = z.object({
  phase: z.enum([...phases, "blocked"]),
  blocked: z.enum(["no", "yes", "waiting_human"]),
  waitingFor: z.enum(waitReasons).optional(),
}) satisfies z.ZodType<Pick<OverviewStatus, "phase" | "blocked" | "waitingFor">>;

/**
 * One line of `_signal_history.jsonl`: something that happened to the session.
 *
 * `timestamp` to `for` are as the Python samocode writes them. A record of this samocode also says
 * which `event` led `from` which state `to` which, and what the session remembers since (`memory`).
 * Keys that nobody knows are kept.
 */
export const HistoryRecord = z.looseObject({
  timestamp: z.string().optional(),
  iteration: z.int().nonnegative().optional().catch(undefined),
  phase: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  summary: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  needs: z.string().optional().catch(undefined),
  for: z.string().optional().catch(undefined),
  /** Number of the record, counted from 1. */
  seq: z.int().positive().optional(),
  event: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  by: z.string().optional(),
  message: z.string().optional(),
  durationMs: amount.optional(),
  costUsd: amount.optional(),
  turns: amount.optional(),
  tokens: amount.optional(),
  claudeSessionId: z.string().optional(),
  log: z.string().optional(),
  commits: z.array(z.string()).optional(),
  /** When the state goes on by itself, Unix time in ms. */
  until: z.number().optional().catch(undefined),
  /** That a person has asked the run to stop which is at work since this record. */
  stopRequested: z.boolean().optional().catch(undefined),
  replaces: Replaces.optional().catch(undefined),
  memory: Memory.optional(),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;

/** A line of the history that is no record, most often one torn by a crash. */
export interface HistoryProblem {
  /** Line number, counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A history, read. */
export interface History {
  readonly records: readonly HistoryRecord[];
  readonly problems: readonly HistoryProblem[];
}

/**
 * Reads a history. A line that is no record is skipped and reported, never fatal; so is a record with a word that this
 * version does not know, unless the rest of it can be read.
 *
 * @example
 * parseHistory('{"event":"approve"}\n{"eve').problems[0].line; // 2
 */
export function parseHistory(text: string): History {
  const records: HistoryRecord[] = [];
  const problems: HistoryProblem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const { record, unknown } = readLine(line);
    if (record) records.push(record);
    if (unknown !== undefined)
      problems.push({ line: index + 1, message: `this version does not know ${unknown}` });
    else if (record === undefined)
      problems.push({ line: index + 1, message: `not a record, skipped: ${line.slice(0, 60)}` });
  }
  return { records, problems };
}

/** A line of a history, read. */
export interface HistoryLine {
  /** Nothing if it is no record. */
  readonly record?: HistoryRecord | undefined;
  /** What this version does not know of it, such as "the phase `review`". */
  readonly unknown?: string | undefined;
}

/** Reads one line of a history. */
export function readLine(line: string): HistoryLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return {};
  }
  return { record: HistoryRecord.safeParse(value).data, unknown: findUnknownWord(value) };
}

/** The record of one line of a history; nothing if it is none. */
export function parseRecord(line: string): HistoryRecord | undefined {
  return readLine(line).record;
}

/** The record as one line, with its line feed. */
export function formatRecord(record: HistoryRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** One step of a session through the statechart. */
export interface Step {
  readonly event: string;
  readonly from: string;
  readonly to: string;
  readonly at: string | undefined;
  readonly iteration: number | undefined;
}

/**
 * The path of a session through the statechart, as its history tells it.
 * Records of the Python samocode know no states and are left out.
 *
 * @example
 * replay(parseHistory(text).records).map((step) => step.to); // ["paused", "working.investigation", …]
 */
export function replay(records: readonly HistoryRecord[]): readonly Step[] {
  return records.flatMap(({ event, from, to, timestamp, iteration }) =>
    event !== undefined && from !== undefined && to !== undefined
      ? [{ event, from, to, at: timestamp, iteration }]
      : [],
  );
}

/** The last day of the calendar that `Date` has, and a day less for the time zones. */
const maxTimeMs = 8.64e15 - 86_400_000;

/**
 * A moment as ISO 8601 with the offset of the local time zone. One that no calendar has, as it may come from outside,
 * is brought to the nearest that it has.
 *
 * @param at Unix time in ms.
 */
export function formatTimestamp(at: number): string {
  const time = Math.min(Math.max(Number.isNaN(at) ? 0 : at, -maxTimeMs), maxTimeMs);
  const offset = -new Date(time).getTimezoneOffset();
  const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
  const sign = offset < 0 ? "-" : "+";
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
  return `${local}${sign}${hours}:${minutes}`;
}

/** A moment as the session folder spells it: `MM-DD HH:MM` in local time. */
export function formatMoment(at: number): string {
  return formatTimestamp(at).slice(5, 16).replace("T", " ");
}
