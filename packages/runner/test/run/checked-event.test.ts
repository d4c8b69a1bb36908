import { expect, it } from "vitest";
import { checkHappened, factsOf, ignoredEvent } from "../../src/run/checked-event.ts";
import type { AgentHappened, Happened } from "../../src/run/run-options.ts";

const check = (effect: "agent" | "tests", event: unknown) =>
  checkHappened(effect, { event } as unknown as Happened).event;

it.each([
  { type: "signal.continue" },
  { type: "signal.continue", phase: "planning", at: 1, notes: [], costUsd: 0 },
  { type: "signal.waiting", for: "qa_answers", phase: "planning" },
  { type: "signal.blocked", reason: "", needs: "clarification" },
  { type: "signal.done", summary: "x" },
  { type: "signal.invalid", problem: "x", costUsd: 1.5 },
  { type: "agent.failed", message: "x", canRetry: true },
  { type: "agent.timedOut", message: "x" },
  { type: "agent.stalled", message: "x" },
  { type: "agent.limited", message: "x", costUsd: 1, costUnknown: true },
  { type: "agent.overBudget", message: "x" },
  { type: "agent.outOfTurns", message: "x" },
  { type: "agent.interrupted", message: "x", unbegun: true },
  { type: "agent.lost", message: "x", costUnknown: true },
  { type: "overview.unreadable", message: "x" },
])("takes what an agent ends with: $type", (event) => {
  expect(check("agent", event)).toEqual(event);
});

it.each([
  { type: "tests.passed", at: 1 },
  { type: "tests.failed", message: "2 failed" },
  { type: "agent.interrupted", message: "x" },
  { type: "signal.invalid", problem: "x" },
])("takes what the tests end with: $type", (event) => {
  expect(check("tests", event)).toEqual(event);
});

const invalid = (problem: unknown) => ({ type: "signal.invalid", problem });

it.each([
  ["approve", { type: "approve" }],
  ["stop", { type: "stop" }],
  ["edit", { type: "edit", phase: "done" }],
  ["tests.passed", { type: "tests.passed" }],
  ["signal.contniue", { type: "signal.contniue" }],
  ["toString", { type: "toString" }],
])("takes no event of another kind from an agent: %s", (type, event) => {
  expect(check("agent", event)).toEqual(
    invalid(
      expect.stringMatching(
        `^cannot take the event \`${type}\` of the agent: expected \`signal.continue\`, `,
      ),
    ),
  );
});

it("takes no event of another kind from the tests", () => {
  expect(check("tests", { type: "signal.done", summary: "x" })).toEqual(
    invalid(
      "cannot take the event `signal.done` of the tests: expected `tests.passed`, `tests.failed`, `agent.interrupted`, `signal.invalid`",
    ),
  );
});

it.each([undefined, null, "signal.continue", 7, [], {}, { type: 7 }])(
  "takes nonsense for a wrong signal: %j",
  (event) => {
    expect(check("agent", event)).toEqual(
      invalid(expect.stringMatching("^cannot take an event without a type of the agent: ")),
    );
    expect(checkHappened("agent", event as unknown as Happened).event.type).toBe("signal.invalid");
  },
);

it.each([
  ["for", { type: "signal.waiting" }],
  ["for", { type: "signal.waiting", for: "godot" }],
  ["reason", { type: "signal.blocked", needs: "clarification" }],
  ["needs", { type: "signal.blocked", reason: "x", needs: "money" }],
  ["summary", { type: "signal.done" }],
  ["problem", { type: "signal.invalid", problem: 1 }],
  ["message", { type: "agent.failed" }],
  ["phase", { type: "signal.continue", phase: "review" }],
])("names what an event lacks: %s", (key, event) => {
  expect(check("agent", event)).toEqual(
    invalid(`cannot take the event \`${event.type}\` of the agent: expected a valid \`${key}\``),
  );
});

it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, "1"])(
  "counts %s as a cost that is not known",
  (costUsd) => {
    const unknown = { costUsd: 0, costUnknown: true };
    expect(check("agent", { type: "signal.continue", costUsd })).toEqual({
      type: "signal.continue",
      ...unknown,
    });
    expect(check("agent", { type: "approve", costUsd })).toMatchObject(unknown);
  },
);

const settle = () => {};

it("keeps what was spent and seen, the facts of the record, and what is left to do", () => {
  const seen = { at: 5, planHash: "h", notes: [{ about: "a" }], costUsd: 2 };
  const event = { type: "approve", by: "me", ...seen } as const;
  expect(checkHappened("agent", { event, facts: { turns: 3 }, settle })).toEqual({
    event: { ...seen, ...invalid(expect.any(String)) },
    facts: { turns: 3 },
    settle,
  });
  expect(ignoredEvent(event)).toEqual({
    ...seen,
    ...invalid("cannot take the event `approve` now"),
  });
  expect(factsOf({ at: "5", planHash: 1, notes: "x", costUnknown: true })).toEqual({
    costUnknown: true,
  });
});

it("does not compile with an event that no agent can end with", () => {
  // @ts-expect-error -- only a person approves
  const approval: AgentHappened = { event: { type: "approve" } };
  expect(checkHappened("agent", approval).event.type).toBe("signal.invalid");
});
