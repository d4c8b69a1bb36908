import type { IterationFacts } from "@samocode/core";
import type { Outcome, StreamSummary } from "@samocode/agent-claude";

/**
 * What the agent's work has cost. It is told with a result, and not every end has one: an agent that has asked the API
 * anything then costs an unknown amount, even if it has not finished one answer.
 *
 * @param outcome Absent if the agent was lost.
 */
export function paidFor(
  outcome: Outcome | undefined,
  { answers, tokens }: StreamSummary,
): Pick<IterationFacts, "costUsd" | "costUnknown"> {
  if (outcome?.costUsd !== undefined) return { costUsd: outcome.costUsd };
  const isCharged = answers > 0 || Object.values(tokens).some((count) => count > 0);
  return isCharged ? { costUnknown: true } : {};
}
