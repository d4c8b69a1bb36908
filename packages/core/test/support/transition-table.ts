import { sessionMachine } from "../../src/machine/machine.ts";
import { memoryOf } from "../../src/machine/session-context.ts";
import type { SessionEvent } from "../../src/machine/session-event.ts";
import { eventTypes, formatEvents } from "./event-words.ts";
import { sessionEvents } from "../../src/testing/sample-events.ts";
import { enter, play, type Played } from "./session-play.ts";
import { reach, reachIn, situations, stateNames, type StateName } from "./situations.ts";

/** What some events lead to, in one state. */
export interface Row {
  readonly events: string;
  readonly outcome: string;
  /** Situations in which it is another outcome. */
  readonly unless: string;
}

/** All that can happen in a state. */
export interface StateTable {
  readonly state: StateName;
  readonly description: string;
  readonly rows: readonly Row[];
  readonly ignored: readonly string[];
  /** What a run does that finds the session in this state. */
  readonly reentry: string;
}

/** The outcome of every event in every state and situation. */
export function createTable(): readonly StateTable[] {
  return stateNames.map(createStateTable);
}

function createStateTable(state: StateName): StateTable {
  const base = reach(state);
  const others = situations.flatMap((situation) => {
    const now = reachIn(state, situation);
    return now === undefined ? [] : [{ ...situation, now }];
  });
  const rows: Row[] = [];
  const ignored: string[] = [];
  for (const type of eventTypes) {
    const events = sessionEvents.filter((event) => event.type === type);
    const groups = groupBy(events, (event) => {
      const outcome = describeOutcome(base, event);
      const different = others
        .filter(({ isBeforeGate }) => !isBeforeGate || type !== "edit")
        .map(({ label, now }) => ({ label, other: describeOutcome(now, event) }))
        .filter(({ other }) => other !== outcome);
      return JSON.stringify({ outcome, unless: describeDifferences(different) });
    });
    for (const [key, group] of groups) {
      const words = formatEvents(group, events, base.context.phase);
      const { outcome, unless } = JSON.parse(key) as Omit<Row, "events">;
      if (outcome === "ignored" && unless === "") ignored.push(words);
      else rows.push({ events: words, outcome, unless });
    }
  }
  const { description = "" } = sessionMachine.getStateNodeById(`session.${state}`);
  return { state, description, rows, ignored, reentry: describeReentry(base) };
}

function describeDifferences(different: readonly { label: string; other: string }[]): string {
  return [...groupBy(different, ({ other }) => other)]
    .map(([other, group]) => `${group.map(({ label }) => label).join(", ")}: ${other}`)
    .join("<br>");
}

function describeOutcome(from: Played, event: SessionEvent): string {
  if (!from.snapshot.can(event)) return "ignored";
  const after = play(from, event);
  if (after.snapshot === from.snapshot) return "ignored";
  const { phase, attempt } = after.context;
  if (event.type === "unanswered" && after.state === from.state) {
    return after.context.wait?.takesSuggestions === true
      ? "the suggestions count"
      : "people are reminded";
  }
  const isNote = event.type === "stop" || event.type === "answer";
  if (isNote && after.state === from.state) return "noted";
  if (!after.state.startsWith("working.")) return `\`${after.state}\``;
  if (attempt === "mend") return "repair";
  if ("hold" in event) return `\`working.${phase}\``;
  if (event.type === "tests.passed") return "`working` in the phase asked for";
  const named = "phase" in event ? event.phase : undefined;
  const isSame = phase === from.context.phase && (named === undefined || isSignal(event));
  if (isSame) return "`working` in the same phase";
  return named === phase ? "`working` there" : `\`working.${phase}\``;
}

function isSignal({ type }: SessionEvent): boolean {
  return type.startsWith("signal.");
}

function describeReentry({ context, state }: Played): string {
  const again = enter({
    ...memoryOf(context),
    inFlight: state.startsWith("working."),
    finished: context.finished,
  });
  const isAdopted = again.context.attempt === "adopt";
  if (again.state === state) return isAdopted ? "reattaches to the iteration" : "stays there";
  return again.state === `working.${context.phase}`
    ? "starts an iteration of the same phase"
    : `goes to \`${again.state}\``;
}

/** Puts items together that have the same key, in the order in which the keys come up. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
