import { phases } from "@samocode/core";
import type { HistoryRecord } from "@samocode/core/store";
import { z } from "zod";
import { eventsOfRecord } from "./record-event.ts";

const amount = z.number().nonnegative();

const PhaseStory = z.object({
  phase: z.string(),
  iterations: amount,
  durationMs: amount.describe("of its iterations"),
  turns: amount,
  tokens: amount,
  costUsd: amount,
});

const StoryEntry = z.object({
  at: z.string().exactOptional().describe("ISO 8601"),
  event: z.string().describe("as in `session.moved`"),
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  phase: z.string().exactOptional().describe("the phase that it happened in"),
  iteration: z.number().exactOptional(),
  by: z.string().exactOptional(),
  message: z.string().exactOptional(),
  durationMs: amount.exactOptional(),
  costUsd: amount.exactOptional().describe("of the iteration that ended with it"),
  turns: amount.exactOptional(),
  tokens: amount.exactOptional(),
  commits: z.array(z.string()).readonly().exactOptional(),
});
export type StoryEntry = z.infer<typeof StoryEntry>;

/** What happened in a session, and what it took. */
export const SessionStory = z.object({
  phases: z.array(PhaseStory).readonly().describe("those that had an iteration, in their order"),
  workedMs: amount.describe("time of all iterations"),
  waitedMs: amount.describe("time spent waiting for a person, or blocked"),
  timeline: z.array(StoryEntry).readonly().describe("everything recorded, oldest first"),
  commits: z.array(z.string()).readonly(),
});
export type SessionStory = z.infer<typeof SessionStory>;

/**
 * Tells the story of a session from its history. What a session of the Python samocode has recorded is told
 * as far as it goes.
 *
 * @param now For what still waits, Unix time in ms.
 */
export function tellStory(records: readonly HistoryRecord[], now: number): SessionStory {
  const told = new Map<string, z.infer<typeof PhaseStory>>();
  const timeline: StoryEntry[] = [];
  let waitedMs = 0;
  for (const [index, record] of records.entries()) {
    timeline.push(entryOf(record));
    addIteration(told, record);
    const until = Date.parse(records[index + 1]?.timestamp ?? "") || now;
    const since = Date.parse(record.timestamp ?? "");
    if (isWait(record.to) && !Number.isNaN(since)) waitedMs += Math.max(0, until - since);
  }
  const ofPhases = [...told.values()].toSorted(
    (one, other) => orderOf(one.phase) - orderOf(other.phase),
  );
  return {
    phases: ofPhases,
    workedMs: ofPhases.reduce((sum, { durationMs }) => sum + durationMs, 0),
    waitedMs,
    timeline,
    commits: records.flatMap(({ commits = [] }) => commits),
  };
}

function entryOf(record: HistoryRecord): StoryEntry {
  const { timestamp, event, from, to, phase, iteration, by, commits = [] } = record;
  const at = Date.parse(timestamp ?? "");
  const moved = eventsOfRecord(record).find((one) => one.type === "session.moved");
  const { durationMs, costUsd, turns, tokens } = moved?.spent ?? {};
  const message = moved?.message ?? record.summary ?? record.reason;
  return {
    ...(!Number.isNaN(at) && { at: new Date(at).toISOString() }),
    event: event ?? `signal.${record.status ?? "unknown"}`,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(phase !== undefined && { phase }),
    ...(iteration !== undefined && { iteration }),
    ...(by !== undefined && { by }),
    ...(message !== undefined && { message }),
    ...(durationMs !== undefined && { durationMs }),
    ...(costUsd !== undefined && { costUsd }),
    ...(turns !== undefined && { turns }),
    ...(tokens !== undefined && { tokens }),
    ...(commits.length > 0 && { commits }),
  };
}

/** Adds what the iteration took that ended with the record, if one did. A repaired one is one iteration. */
function addIteration(told: Map<string, z.infer<typeof PhaseStory>>, record: HistoryRecord): void {
  const { event, phase, durationMs, costUsd = 0, turns = 0, tokens = 0 } = record;
  const isEnd =
    event === undefined ? record.status !== undefined : /^(?:signal|agent)\./.test(event);
  if (!isEnd || phase === undefined || (event !== undefined && durationMs === undefined)) return;
  const before = told.get(phase) ?? emptyPhase(phase);
  const isMended = record.memory?.problem !== undefined;
  told.set(phase, {
    phase,
    iterations: before.iterations + (isMended ? 0 : 1),
    durationMs: before.durationMs + (durationMs ?? 0),
    turns: before.turns + turns,
    tokens: before.tokens + tokens,
    costUsd: before.costUsd + costUsd,
  });
}

function emptyPhase(phase: string): z.infer<typeof PhaseStory> {
  return { phase, iterations: 0, durationMs: 0, turns: 0, tokens: 0, costUsd: 0 };
}

function isWait(state = ""): boolean {
  return state.startsWith("waiting.") || state === "blocked";
}

function orderOf(phase: string): number {
  return (phases as readonly string[]).indexOf(phase);
}
