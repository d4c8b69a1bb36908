import type { PersonEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import { decide, readReport, refusedDecision } from "@samocode/session";
import { formatForParent } from "./session-text.ts";

/**
 * Makes a person's decision, and returns the text for the parent.
 *
 * @throws {UsageError} If the decision means nothing in the state that the session is in.
 */
export async function decideAndTell(
  store: Store,
  name: string,
  event: PersonEvent,
): Promise<string> {
  const { taken, from } = await decide(store, event);
  if (!taken) throw refusedDecision(store, name, event.type, from);
  return tellDecision(store, name, `Recorded: ${event.type}.`);
}

/** What was decided, and state of the session now. */
export function tellDecision(store: Store, name: string, done: string): string {
  return `${done}\n${formatForParent(readReport(store, name))}`;
}
