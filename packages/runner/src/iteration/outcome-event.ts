import type { AgentEvent, IterationFacts, Signal, SignalEvent } from "@samocode/core";
import type { AgentAnswer } from "./agent-answer.ts";
import type { Failure, Outcome } from "@samocode/agent";

/** The event that a signal is for the machine. */
function eventOfSignal(signal: Signal, facts: IterationFacts): SignalEvent {
  const { phase } = signal;
  const at = { ...facts, ...(phase !== undefined && { phase }) };
  switch (signal.status) {
    case "continue":
      return { type: "signal.continue", ...at };
    case "waiting":
      return { type: "signal.waiting", for: signal.for, ...at };
    case "blocked":
      return { type: "signal.blocked", reason: signal.reason, needs: signal.needs, ...at };
    case "done":
      return { type: "signal.done", summary: signal.summary, ...at };
  }
}

/** What the agent of an iteration might spend. */
export interface SpendingLimits {
  /** US dollars of the whole session. */
  readonly budgetUsd?: number | undefined;
  /** US dollars that the session had cost before the iteration. */
  readonly costUsd: number;
}

/**
 * The event that the end of an iteration is for the machine.
 *
 * @param answer What the agent answered; only a finished iteration has an answer that counts, and it counts whatever the
 *   exit code.
 * @param jitter From 0 to 1; spreads the back-off of a retry.
 * @param resumed Whether the agent was to continue an earlier conversation.
 */
export function eventOfOutcome(
  outcome: Outcome,
  answer: AgentAnswer,
  facts: IterationFacts,
  limits: SpendingLimits,
  jitter: number,
  resumed = false,
): SignalEvent | AgentEvent {
  switch (outcome.type) {
    case "finished": {
      if (answer.type === "taken") return eventOfSignal(answer.signal, facts);
      const { withoutSignal } = outcome;
      return withoutSignal === undefined
        ? { type: "signal.invalid", problem: answer.problem, ...facts }
        : eventOfFailure(withoutSignal, facts, jitter);
    }
    case "failed":
      return eventOfFailure(resumed ? inOldConversation(outcome) : outcome, facts, jitter);
    case "limited": {
      const { until, message } = outcome;
      return { type: "agent.limited", ...(until !== undefined && { until }), message, ...facts };
    }
    case "timedOut":
      return {
        type: "agent.timedOut",
        message: `the agent was stopped after ${seconds(outcome.afterMs)} (CLAUDE_TIMEOUT, --timeout)`,
        jitter,
        ...facts,
      };
    case "stalled":
      return {
        type: "agent.stalled",
        message: `the agent was stopped after ${seconds(outcome.afterMs)} without output (SAMOCODE_IDLE_TIMEOUT, --idle-timeout)`,
        jitter,
        ...facts,
      };
    case "overBudget":
      return { type: "agent.overBudget", message: formatOverBudget(outcome, limits), ...facts };
    case "outOfTurns":
      return { type: "agent.outOfTurns", message: outcome.message, ...facts };
    case "lost":
      return { type: "agent.lost", message: lostMessage, ...facts };
    case "interrupted":
      return { type: "agent.interrupted", message: "the run was interrupted", ...facts };
  }
}

const lostMessage = "the agent died with its runner; the iteration is repeated";

function eventOfFailure(failure: Failure, facts: IterationFacts, jitter: number): AgentEvent {
  const { canRetry, secondTry, message, cure } = failure;
  const text = cure === undefined ? message : `${message.replace(/[.:]?$/, ".")} ${cure}`;
  return {
    type: "agent.failed",
    canRetry,
    ...(secondTry !== undefined && { secondTry }),
    message: text,
    jitter,
    ...facts,
  };
}

/** The CLI has more words for a conversation that it cannot continue than anybody knows. */
function inOldConversation(failure: Failure): Failure {
  return failure.kind === "rejected" ? { ...failure, secondTry: "conversation" } : failure;
}

function formatOverBudget({ costUsd = 0 }: Outcome, limits: SpendingLimits): string {
  const { budgetUsd = 0 } = limits;
  const spent = `$${costUsd.toFixed(2)} in this iteration, $${(limits.costUsd + costUsd).toFixed(2)} in all`;
  return `the budget of $${budgetUsd.toFixed(2)} is spent: ${spent} (SAMOCODE_BUDGET_USD, --budget)`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
