import { printableText } from "@samocode/core/overview";
import type { EndFacts as AgentEndFacts, Failure, Outcome, Spent } from "@samocode/agent";
import { findStatus } from "./conversation-fault.ts";
import { authenticationFailure, failureOfResult, isLogin, rejectedFailure } from "./failure.ts";
import type { ResultEvent } from "./stream-event.ts";
import type { StreamSummary } from "./stream-summary.ts";
import { findUsageLimit } from "./usage-limit.ts";

/** What is known when a Claude CLI has ended. */
export type EndFacts = AgentEndFacts<StreamSummary>;

/**
 * How an iteration ended.
 *
 * It is a success if a result line was read *and* that says `is_error: false` *and* the exit code
 * is 0. With an odd exit code a good result is one only together with a valid signal (`withoutSignal`). The last result
 * wins over those before it, and our own cause for an end wins over whatever the program made of it. A program that
 * speaks no stream-json at all is judged by its exit code; one that is silent altogether, by its signal.
 *
 * @example
 * judgeOutcome(facts).type; // "finished"
 */
export function judgeOutcome(facts: EndFacts): Outcome {
  return { ...spentOf(facts.summary), ...judge(facts) };
}

function judge(facts: EndFacts): Outcome {
  const { summary, cause } = facts;
  if (cause === undefined || cause === "settled") {
    return summary.result === undefined ? judgeExit(facts) : judgeResult(summary.result, facts);
  }
  switch (cause) {
    case "cancelled":
      // What was done before it could be stopped was paid for, and counts.
      return isDone(summary) ? { type: "finished" } : { type: "interrupted" };
    case "timeout":
      return { type: "timedOut", afterMs: facts.ranMs };
    case "idle":
      return { type: "stalled", afterMs: facts.silentMs };
    case "budget":
      return { type: "overBudget", message: "it kept running after exceeding its budget" };
    case "unauthorized": {
      const words = `the API answered ${summary.retry?.errorStatus ?? 401}`;
      return failed(authenticationFailure(words, isLogin(summary, words)));
    }
    case "flood":
      return failed({
        kind: "flood",
        canRetry: true,
        message: "The agent's output exceeded the limit of its log.",
      });
  }
}

function isDone({ result, atRest }: StreamSummary): boolean {
  return atRest && result?.isError === false;
}

function judgeResult(result: ResultEvent, facts: EndFacts): Outcome {
  if (result.isError) return judgeError(result, facts);
  if (result.terminalReason === "hook_stopped") {
    return failed({
      kind: "hook-stopped",
      canRetry: false,
      message: "A hook stopped the agent (`continue: false`).",
      cure: "Check the hooks in the user and project settings of Claude Code.",
    });
  }
  const endedWell = facts.cause === "settled" || !facts.exitKnown || facts.exitCode === 0;
  return endedWell ? { type: "finished" } : finishedIfSignalled(failureOfExit(facts));
}

function judgeError(result: ResultEvent, { summary, saidAt: at }: EndFacts): Outcome {
  const words = result.errors.join(" ") || result.text;
  if (result.subtype === "error_max_budget_usd") {
    return { type: "overBudget", message: printableText(words, maxMessageLength) };
  }
  if (result.subtype === "error_max_turns") {
    return { type: "outOfTurns", message: printableText(words, maxMessageLength) };
  }
  const isRateLimit = summary.apiError?.error === "rate_limit";
  const status = result.apiErrorStatus ?? findStatus(words) ?? (isRateLimit ? 429 : undefined);
  const rejection =
    status === 429 && summary.limit?.status === "rejected" ? summary.limit : undefined;
  const limit = findUsageLimit({ words, status, resetsAt: rejection?.resetsAt, at });
  if (limit === undefined) return failed(failureOfResult(result, summary));
  return { type: "limited", ...limit, message: printableText(words, maxMessageLength) };
}

/** Without a result the exit tells, but only of a program that is not the Claude CLI. */
function judgeExit(facts: EndFacts): Outcome {
  const { init, lines, noise } = facts.summary;
  if (init !== undefined || wasKilled(facts)) return failed(failureOfExit(facts));
  const isSilent = lines + noise === 0;
  const endedWell = !facts.exitKnown || facts.exitCode === 0;
  // The file of a program that is being replaced can be empty for a moment, and runs as one that does nothing.
  if (endedWell) return isSilent ? finishedIfSignalled(failureOfExit(facts)) : { type: "finished" };
  // The CLI answers a bad option, an unknown agent, a wrong user and the like in this way.
  if (facts.exitCode === 1 && isSilent) return failed(rejectedFailure(facts.stderrTail));
  return failed(failureOfExit(facts));
}

function failureOfExit(facts: EndFacts): Failure {
  const said = facts.stderrTail.trim() === "" ? "" : `: ${facts.stderrTail.trim()}`;
  if (wasKilled(facts)) {
    const name = facts.exitSignal ?? `exit code ${facts.exitCode}`;
    return { kind: "killed", canRetry: true, message: `The agent was killed (${name})${said}` };
  }
  if (!facts.exitKnown || facts.exitCode === 0) {
    return {
      kind: "no-result",
      canRetry: true,
      message: `The agent exited without a result${said}`,
    };
  }
  const message = `The agent exited with code ${facts.exitCode}${said}`;
  return { kind: "exit", canRetry: true, message };
}

/** By a signal; a program that catches one ends with 128 + its number (HUP, INT, KILL, TERM). */
function wasKilled(facts: EndFacts): boolean {
  return facts.exitSignal !== null || [129, 130, 137, 143].includes(facts.exitCode ?? 0);
}

const maxMessageLength = 1000;

function failed(failure: Failure): Outcome {
  return { type: "failed", ...printable(failure) };
}

function finishedIfSignalled(otherwise: Failure): Outcome {
  return { type: "finished", withoutSignal: printable(otherwise) };
}

function printable(failure: Failure): Failure {
  return { ...failure, message: printableText(failure.message, maxMessageLength) };
}

function spentOf(summary: StreamSummary): Spent {
  const { result, init } = summary;
  const conversation = result?.claudeSessionId || init?.claudeSessionId;
  const tokens = result?.tokens ?? (init === undefined ? undefined : summary.tokens);
  const turns = result?.turns ?? (init === undefined ? undefined : summary.answers);
  return {
    ...costOf(summary),
    ...(turns === undefined ? {} : { turns }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(conversation ? { conversation } : {}),
  };
}

/**
 * The cost comes with a result, and not every end has one: an agent that has asked the API anything then costs an
 * unknown amount, even if it has not finished one answer.
 */
function costOf({
  result,
  answers,
  tokens,
}: StreamSummary): Pick<Spent, "costUsd" | "costUnknown"> {
  if (result?.costUsd !== undefined) return { costUsd: result.costUsd };
  const isCharged = answers > 0 || Object.values(tokens).some((count) => count > 0);
  return isCharged ? { costUnknown: true } : {};
}
