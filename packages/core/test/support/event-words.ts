import { phases, type Phase } from "../../src/workflow/phase.ts";
import type { SessionEvent } from "../../src/machine/session-event.ts";
import { sessionEvents } from "../../src/testing/sample-events.ts";

/** The kinds of events, in the order of the flat list. */
export const eventTypes: readonly string[] = [...new Set(sessionEvents.map(({ type }) => type))];

const none = "none";

/** The place of a row in a table: that of its event in the list of all. */
export function orderOf(words: string): number {
  return eventTypes.findIndex((type) => words.startsWith(`\`${type}\``));
}

/**
 * Names some of the events of one kind.
 *
 * @param group The events to name.
 * @param all All events of this kind.
 * @param present The phase that the session is in.
 */
export function formatEvents(
  group: readonly SessionEvent[],
  all: readonly SessionEvent[],
  present: Phase,
): string {
  const [first] = group;
  if (first === undefined) return "";
  const name = `\`${first.type}\``;
  if (group.length === all.length) return name;
  const byDetail = new Map<string, Set<string>>();
  for (const event of group) {
    const detail = detailOf(event);
    byDetail.set(detail, (byDetail.get(detail) ?? new Set()).add(phaseOf(event)));
  }
  const byPhases = new Map<string, string[]>();
  for (const [detail, named] of byDetail) {
    const words = formatPhases(named, present);
    byPhases.set(words, [...(byPhases.get(words) ?? []), detail]);
  }
  const details = new Set(all.map(detailOf));
  return [...byPhases]
    .map(([words, some]) => [name, some.length === details.size ? "" : formatDetails(some), words])
    .map((parts) => parts.filter((part) => part !== "").join(" "))
    .join("<br>");
}

/** More of a kind than a reader wants to compare one by one. */
const many = 6;

function formatDetails(details: readonly string[]): string {
  if (details.length > many) return "in all other cases";
  return details.join(", ").replaceAll(", for ", ", ");
}

function detailOf(event: SessionEvent): string {
  switch (event.type) {
    case "signal.waiting":
      return `for \`${event.for}\``;
    case "agent.failed":
      return event.canRetry ? "may be retried" : "hopeless";
    case "agent.interrupted":
      return event.unbegun === true ? "before its agent began to work" : "in its work";
    case "wake":
      return event.at === 0 ? "too early" : "in time";
    case "unanswered":
      return event.at === 0 ? "too early" : `\`${event.remedy}\` for \`${event.for}\``;
    case "answer":
      if (event.open === 0) return "none open";
      return event.answered === undefined ? "some open" : "some answered";
    case "edit":
      if (event.hold === undefined) return "`Blocked: no`";
      return event.hold.kind === "blocked" ? "`Blocked: yes`" : `waiting for \`${event.hold.for}\``;
    default:
      return "";
  }
}

function phaseOf(event: SessionEvent): string {
  return ("phase" in event ? event.phase : undefined) ?? none;
}

function formatPhases(named: ReadonlySet<string>, present: Phase): string {
  if (named.size > phases.length || (named.size === 1 && named.has(none))) return "";
  const own = [none, present];
  if (named.size === 2 && own.every((name) => named.has(name))) return "→ same phase";
  const other = phases.filter((phase) => phase !== present);
  if (phases.every((phase) => named.has(phase))) return "→ a phase";
  if (named.size === other.length && other.every((name) => named.has(name)))
    return "→ another phase";
  const words = [...named].map((name) => (name === none ? "no phase" : `\`${name}\``));
  return `→ ${words.join(", ")}`;
}
