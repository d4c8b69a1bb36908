import { describe, expect, it } from "vitest";
import type { Failure, Outcome } from "@samocode/agent";
import type { AgentAnswer } from "../../src/iteration/agent-answer.ts";
import { eventOfOutcome } from "../../src/iteration/outcome-event.ts";

const facts = { at: 5, costUsd: 0.2 };
const limits = { budgetUsd: 4, costUsd: 3 };
const taken: AgentAnswer = { type: "taken", signal: { status: "continue", phase: "testing" } };
const refused: AgentAnswer = { type: "refused", problem: "it is empty" };
const killed: Failure = {
  kind: "killed",
  canRetry: true,
  message: "The agent was killed (exit code 137)",
};

const eventOf = (outcome: Outcome, answer: AgentAnswer = refused, resumed?: boolean) =>
  eventOfOutcome(outcome, answer, facts, limits, 0.5, resumed);

describe("a finished iteration", () => {
  it("has its signal, and needs a repair without one", () => {
    const continued = { type: "signal.continue", phase: "testing", ...facts };
    expect(eventOf({ type: "finished" }, taken)).toEqual(continued);
    expect(eventOf({ type: "finished" })).toEqual({
      type: "signal.invalid",
      problem: "it is empty",
      ...facts,
    });
  });

  it("that ended oddly has its signal as well, and failed without one", () => {
    const odd: Outcome = { type: "finished", withoutSignal: killed };
    expect(eventOf(odd, taken)).toMatchObject({ type: "signal.continue", phase: "testing" });
    expect(eventOf(odd)).toEqual({
      type: "agent.failed",
      canRetry: true,
      message: "The agent was killed (exit code 137)",
      jitter: 0.5,
      ...facts,
    });
  });

  it.each([
    [{ status: "continue" }, { type: "signal.continue" }],
    [
      { status: "waiting", for: "qa_answers", phase: "planning" },
      { type: "signal.waiting", for: "qa_answers", phase: "planning" },
    ],
    [
      { status: "blocked", reason: "r", needs: "clarification" },
      { type: "signal.blocked", reason: "r", needs: "clarification" },
    ],
    [
      { status: "done", summary: "s" },
      { type: "signal.done", summary: "s" },
    ],
  ] as const)("says what its signal says: %j", (signal, event) => {
    expect(eventOf({ type: "finished" }, { type: "taken", signal })).toEqual({
      ...event,
      ...facts,
    });
  });
});

describe("a failed iteration", () => {
  it("has no signal, whatever it left", () => {
    expect(eventOf({ type: "failed", ...killed }, taken).type).toBe("agent.failed");
  });

  it.each([
    ["Not let in: no", "Not let in: no. Log in."],
    ["Not let in.", "Not let in. Log in."],
    ["Not let in:", "Not let in. Log in."],
  ])("says what to do: %s", (message, text) => {
    const failure: Failure = { kind: "authentication", canRetry: false, message, cure: "Log in." };
    expect(eventOf({ type: "failed", ...failure })).toMatchObject({ message: text });
  });

  it("says what a single further try may cure", () => {
    const failure: Failure = {
      kind: "authentication",
      canRetry: false,
      secondTry: "login",
      message: "x",
    };
    expect(eventOf({ type: "failed", ...failure })).toMatchObject({
      canRetry: false,
      secondTry: "login",
    });
    expect(eventOf({ type: "failed", ...killed })).not.toHaveProperty("secondTry");
  });

  it("whose program refused to continue a conversation may be cured by a new one", () => {
    const rejected: Outcome = { type: "failed", kind: "rejected", canRetry: false, message: "x" };
    expect(eventOf(rejected, refused, true)).toMatchObject({ secondTry: "conversation" });
    expect(eventOf(rejected, refused, false)).not.toHaveProperty("secondTry");
    expect(eventOf(rejected)).not.toHaveProperty("secondTry");
    const other: Outcome = { type: "failed", kind: "billing", canRetry: false, message: "x" };
    expect(eventOf(other, refused, true)).not.toHaveProperty("secondTry");
  });
});

describe("other ends", () => {
  it("of a usage limit tell its time as it was told, or that it is not known", () => {
    expect(eventOf({ type: "limited", until: 7, message: "m" })).toEqual({
      type: "agent.limited",
      until: 7,
      message: "m",
      ...facts,
    });
    expect(eventOf({ type: "limited", message: "m" })).toEqual({
      type: "agent.limited",
      message: "m",
      ...facts,
    });
  });

  it.each<[Outcome, string, string]>([
    [
      { type: "timedOut", afterMs: 1500 },
      "agent.timedOut",
      "the agent was stopped after 2 s (CLAUDE_TIMEOUT, --timeout)",
    ],
    [
      { type: "stalled", afterMs: 900_000 },
      "agent.stalled",
      "the agent was stopped after 900 s without output (SAMOCODE_IDLE_TIMEOUT, --idle-timeout)",
    ],
    [
      { type: "overBudget", message: "", costUsd: 1.5 },
      "agent.overBudget",
      "the budget of $4.00 is spent: $1.50 in this iteration, $4.50 in all (SAMOCODE_BUDGET_USD, --budget)",
    ],
    [
      { type: "outOfTurns", message: "the agent was stopped after 300 turns" },
      "agent.outOfTurns",
      "the agent was stopped after 300 turns",
    ],
    [{ type: "lost" }, "agent.lost", "the agent died with its runner; the iteration is repeated"],
    [{ type: "interrupted" }, "agent.interrupted", "the run was interrupted"],
  ])("%j", (outcome, type, message) => {
    expect(eventOf(outcome)).toMatchObject({ type, message, ...facts });
  });

  it("that are tried again are spread by the jitter", () => {
    expect(eventOf({ type: "timedOut", afterMs: 1 })).toMatchObject({ jitter: 0.5 });
    expect(eventOf({ type: "stalled", afterMs: 1 })).toMatchObject({ jitter: 0.5 });
  });
});
