import type { Failure, Outcome } from "./outcome.ts";

/** The failure of an agent that has left processes running that cannot be ended: nothing may be started beside them. */
export function strayFailure(pids: readonly number[]): Failure {
  const some = pids.length === 1 ? "a process" : "processes";
  return {
    kind: "strays",
    canRetry: false,
    message: `The agent left ${some} running that cannot be stopped: pid ${pids.join(", ")}.`,
    cure: "Stop it by hand (it belongs to another user, or hangs in the kernel), then resume the session.",
  };
}

/** The outcome instead of the one that the agent would have had, at the same cost. */
export function outcomeWithStrays(outcome: Outcome, pids: readonly number[]): Outcome {
  if (pids.length === 0) return outcome;
  const { costUsd, costUnknown, turns, tokens, conversation } = outcome;
  return {
    ...(costUsd !== undefined && { costUsd }),
    ...(costUnknown && { costUnknown }),
    ...(turns !== undefined && { turns }),
    ...(tokens !== undefined && { tokens }),
    ...(conversation !== undefined && { conversation }),
    type: "failed",
    ...strayFailure(pids),
  };
}
