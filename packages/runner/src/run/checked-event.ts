import {
  blockNeeds,
  phases,
  waitReasons,
  type AgentEvent,
  type EvidenceEvent,
  type IterationFacts,
  type SessionEvent,
  type SignalEvent,
} from "@samocode/core";
import type { Happened } from "./run-options.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isOneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);
const says = { message: isText };

/** What an agent can end with, and what each needs. */
const agentEvents: Record<(SignalEvent | AgentEvent)["type"], Readonly<Record<string, Check>>> = {
  "signal.continue": {},
  "signal.waiting": { for: isOneOf(waitReasons) },
  "signal.blocked": { reason: isText, needs: isOneOf(blockNeeds) },
  "signal.done": { summary: isText },
  "signal.invalid": { problem: isText },
  "agent.failed": says,
  "agent.timedOut": says,
  "agent.stalled": says,
  "agent.limited": says,
  "agent.overBudget": says,
  "agent.outOfTurns": says,
  "agent.interrupted": says,
  "agent.lost": says,
  "overview.unreadable": says,
};

/** The same for the tests. */
const testEvents: Record<
  EvidenceEvent["type"] | "agent.interrupted" | "signal.invalid",
  Readonly<Record<string, Check>>
> = {
  "tests.passed": {},
  "tests.failed": says,
  "agent.interrupted": says,
  "signal.invalid": { problem: isText },
};

/**
 * What an agent or the tests have ended with, if that can be taken; else a wrong signal with what was spent. Effects
 * that a program brings along may return anything.
 *
 * @example
 * checkHappened("agent", { event: { type: "approve" } }).event.type; // "signal.invalid"
 */
export function checkHappened(effect: "agent" | "tests", happened: Happened): Happened {
  const given = fieldsOf(happened);
  const event = fieldsOf(given["event"]);
  const { type, phase } = event;
  const events = new Map(Object.entries(effect === "agent" ? agentEvents : testEvents));
  const needs = events.get(String(type));
  const checks = { ...needs, ...(phase !== undefined && { phase: isOneOf(phases) }) };
  const wrong = Object.entries(checks).find(([key, isRight]) => !isRight(event[key]))?.[0];
  if (needs !== undefined && wrong === undefined) {
    return { ...happened, event: { ...happened.event, ...costOf(event) } };
  }
  const expected =
    needs === undefined
      ? [...events.keys()].map((name) => `\`${name}\``).join(", ")
      : `a valid \`${wrong}\``;
  const who = effect === "agent" ? "the agent" : "the tests";
  const problem = `cannot take ${show(type)} of ${who}: expected ${expected}`;
  return { ...given, event: wrongSignal(event, problem) };
}

/** An event that means nothing in the state of the session, as the wrong signal that it is. */
export function ignoredEvent(event: SessionEvent): SessionEvent {
  return wrongSignal(fieldsOf(event), `cannot take ${show(event.type)} now`);
}

/** What was seen and spent, for another event that takes the place of this one. */
export function factsOf(event: object): IterationFacts {
  const { at, planHash, notes } = fieldsOf(event);
  return {
    ...(typeof at === "number" && { at }),
    ...(typeof planHash === "string" && { planHash }),
    ...(Array.isArray(notes) && { notes }),
    ...costOf(fieldsOf(event)),
  };
}

function wrongSignal(event: Readonly<Record<string, unknown>>, problem: string): SessionEvent {
  return { ...factsOf(event), type: "signal.invalid", problem };
}

/** What was spent: a cost that is no amount is one that is not known. */
function costOf({ costUsd, costUnknown }: Readonly<Record<string, unknown>>): IterationFacts {
  if (costUsd === undefined) return costUnknown === true ? { costUnknown } : {};
  const isAmount = typeof costUsd === "number" && Number.isFinite(costUsd) && costUsd >= 0;
  return isAmount
    ? { costUsd, ...(costUnknown === true && { costUnknown }) }
    : { costUsd: 0, costUnknown: true };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function show(type: unknown): string {
  return typeof type === "string"
    ? `the event \`${type.slice(0, 60)}\``
    : "an event without a type";
}
