import { findPhase, type Phase } from "@samocode/core";
import { guessState, type HistoryRecord } from "@samocode/core/store";

/** One line of the history, as far as the page shows it: a step of the session through the statechart. */
export interface Step {
  /** As the history spells it. */
  readonly at?: string | undefined;
  readonly event: string;
  readonly from: string;
  readonly to: string;
  readonly phase?: string | undefined;
  readonly iteration?: number | undefined;
  readonly by?: string | undefined;
  /** Why, in the words of whoever caused it. */
  readonly message?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly costUsd?: number | undefined;
  readonly turns?: number | undefined;
  readonly tokens?: number | undefined;
  readonly log?: string | undefined;
  readonly commits?: readonly string[] | undefined;
  /** What limits are measured by, as it was after this step. */
  readonly measure?: Measure | undefined;
  /** True if the states are read out of a record that knows none: one of the Python samocode. */
  readonly isGuess?: true | undefined;
}

/** What the limits of a session are measured by. */
export interface Measure {
  readonly phase: Phase;
  readonly counts: Readonly<Record<Phase, number>>;
  readonly rework: number;
  readonly failures: number;
  readonly costUsd: number;
}

/** How much of a message is shown in a list, in characters. */
const maxMessage = 2000;
/** How much is shown of what is a word or two, in characters. */
const maxWord = 100;
/** How many commits of one iteration are shown, and how much of each, in characters. */
const maxCommits = 50;
const maxCommit = 200;

/**
 * Takes out of a record what the page shows of it.
 *
 * @param before The state that the session was in; absent for the first record.
 */
export function createStep(record: HistoryRecord, before: string | undefined): Step {
  const { timestamp, phase, by, commits, memory } = record;
  const { iteration, durationMs, costUsd, turns, tokens, log } = record;
  const { event, from, to, isGuess } = movesOf(record, before);
  return {
    at: timestamp,
    event,
    from,
    to,
    isGuess,
    phase: phase === undefined ? undefined : word(findPhase(phase) ?? phase),
    iteration,
    by: by === undefined ? undefined : word(by),
    message: messageOf(record)?.slice(0, maxMessage),
    durationMs,
    costUsd,
    turns,
    tokens,
    log,
    commits:
      commits === undefined || commits.length === 0
        ? undefined
        : commits.slice(0, maxCommits).map((commit) => commit.slice(0, maxCommit)),
    measure: memory && measureOf(memory),
  };
}

function movesOf(
  record: HistoryRecord,
  before: string | undefined,
): Pick<Step, "event" | "from" | "to" | "isGuess"> {
  const { event, from, to, status } = record;
  if (event !== undefined && from !== undefined && to !== undefined) {
    return { event: word(event), from: word(from), to: word(to) };
  }
  const guessed = guessState(record) ?? before ?? "paused";
  return {
    event: event ?? (status === undefined ? "record" : `signal.${status}`),
    // Before the first of them an agent has worked in its phase.
    from: before ?? guessState({ phase: record.phase }) ?? guessed,
    to: guessed,
    isGuess: true,
  };
}

function messageOf(record: HistoryRecord): string | undefined {
  const { memory, message, reason, summary } = record;
  const words = [memory?.problem, message, record["problem"], reason, summary];
  const told: unknown = [...words, record["feedback"], record["note"]].find(
    (text) => typeof text === "string" && text !== "",
  );
  return typeof told === "string" ? told : undefined;
}

function word(text: string): string {
  return text.slice(0, maxWord);
}

function measureOf({ phase, counts, rework, failures, costUsd }: Measure): Measure {
  return { phase, counts, rework, failures, costUsd };
}
