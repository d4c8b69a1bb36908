import { findPhase, phases, waitReasons } from "../workflow/phase.ts";
import type { SessionEvent } from "../machine/session-event.ts";
import { staleEvent } from "./stale-event.ts";

/** The names of all events of the machine: one that is missing here does not compile. */
const machineEvents: Readonly<Record<SessionEvent["type"], true>> = {
  "signal.continue": true,
  "signal.waiting": true,
  "signal.blocked": true,
  "signal.done": true,
  "signal.invalid": true,
  "agent.failed": true,
  "agent.timedOut": true,
  "agent.stalled": true,
  "agent.lost": true,
  "agent.limited": true,
  "agent.overBudget": true,
  "agent.outOfTurns": true,
  "agent.interrupted": true,
  "overview.unreadable": true,
  "tests.passed": true,
  "tests.failed": true,
  unanswered: true,
  wake: true,
  answer: true,
  approve: true,
  reject: true,
  resume: true,
  stop: true,
  edit: true,
};

const events: ReadonlySet<string> = new Set([
  ...Object.keys(machineEvents),
  "created",
  "run",
  // What `wake` was called in records of older versions.
  "backOff",
  "limitReset",
  staleEvent,
]);

const states: ReadonlySet<string> = new Set([
  ...phases.map((phase) => `working.${phase}`),
  "waiting.answers",
  "waiting.approval",
  "waiting.file",
  "waiting.action",
  "resuming",
  "verifying",
  "retrying",
  "limited",
  "paused",
  "failed",
  "blocked",
  "finished",
]);

const isPhaseName = (word: string): boolean => findPhase(word) !== undefined;
const isWait = (word: string): boolean => waitReasons.some((reason) => reason === word);

/** Every word of a record that decides where a session is: the keys that lead to it, what it is, and whether it is known. */
const words: readonly (readonly [readonly string[], string, (word: string) => boolean])[] = [
  [["event"], "event", (word) => events.has(word)],
  [["phase"], "phase", isPhaseName],
  [["memory", "phase"], "phase", isPhaseName],
  [["memory", "next"], "phase", isPhaseName],
  [["for"], "kind of wait", isWait],
  [["memory", "hold", "for"], "kind of wait", isWait],
  [["memory", "hold", "waitedFor"], "kind of wait", isWait],
  [["memory", "hold", "kind"], "kind of hold", (word) => word === "waiting" || word === "blocked"],
  [["to"], "state", (word) => states.has(word)],
];

/**
 * The first word of a record that this version does not know: a newer version, or another workflow, has written it.
 * Nothing for a record of the Python samocode: none of its words decides.
 *
 * @param record A line of the history, as JSON reads it.
 * @example
 * findUnknownWord({ event: "run", memory: { phase: "review" } }); // "the phase `review`"
 */
export function findUnknownWord(record: unknown): string | undefined {
  if (typeof valueAt(record, ["event"]) !== "string") return undefined;
  for (const [keys, what, isKnown] of words) {
    const word = valueAt(record, keys);
    if (typeof word === "string" && !isKnown(word)) return `the ${what} \`${word.slice(0, 60)}\``;
  }
  return undefined;
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? Reflect.get(at, key)
        : undefined,
    value,
  );
}
