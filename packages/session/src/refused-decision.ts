import type { PersonEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import { stateWords } from "./state-words.ts";
import { UsageError } from "./command-error.ts";
import { formatCommand } from "./command-text.ts";
import { describeLastDecision } from "./last-decision.ts";

/** What is the matter if a decision means nothing. */
const reasons: Readonly<Record<PersonEvent["type"], string>> = {
  answer: "no question waits for an answer",
  approve: "no plan waits for approval",
  reject: "no plan waits for approval",
  resume: "nothing holds it",
  stop: "it is not running",
  edit: "it is finished",
};

/**
 * The error for a decision that means nothing in the state that the session is in. Whoever came too late is
 * told who decided before.
 */
export function refusedDecision(
  store: Store,
  name: string,
  type: PersonEvent["type"],
  state: string,
): UsageError {
  const last = describeLastDecision(store);
  const before = last === undefined ? "" : ` The last decision: ${last}.`;
  return new UsageError(
    `cannot ${type} \`${name}\`: ${reasons[type]}. Its state now: ${stateWords(state)}.${before} \`${formatCommand("status", name)}\` shows what it waits for`,
  );
}
