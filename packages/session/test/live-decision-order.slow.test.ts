import type { PersonEvent, SessionEvent } from "@samocode/core";
import { parseRecord } from "@samocode/core/store";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { createSessionBench } from "./support/session-bench.ts";

/** Something that happens beside or in a run that holds a session. */
type Step =
  | { readonly who: "run"; readonly event: SessionEvent }
  /** Time is over for the state that the session sits out. */
  | { readonly who: "timer" }
  | { readonly who: "command"; readonly event: PersonEvent }
  | { readonly who: "editor"; readonly from: RegExp; readonly to: string }
  | { readonly who: "look" };

const message = "it says why";
const phases = ["investigation", "planning", "implementation", "testing", "quality"] as const;

const ownEvents: readonly SessionEvent[] = [
  ...phases.map((phase): SessionEvent => ({ type: "signal.continue", phase })),
  { type: "signal.waiting", for: "plan_approval" },
  { type: "signal.waiting", for: "human_action" },
  { type: "signal.invalid", problem: "it is empty" },
  { type: "agent.stalled", message },
  { type: "agent.failed", message, canRetry: true },
  { type: "agent.limited", message, until: 4e12 },
  { type: "agent.interrupted", message, unbegun: true },
  { type: "tests.passed" },
  { type: "tests.failed", message },
];

const commands: readonly PersonEvent[] = [
  { type: "approve" },
  { type: "reject", feedback: "too large" },
  { type: "resume" },
  { type: "resume", phase: "testing" },
  { type: "answer", open: 0 },
  { type: "stop" },
];

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ownEvents).map((event) => ({ who: "run", event })) },
    { weight: 1, arbitrary: fc.constant({ who: "timer" }) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(...commands).map((event) => ({ who: "command", event })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...phases)
        .map((phase) => ({ who: "editor", from: /^Phase: .*/m, to: `Phase: ${phase}` })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({ who: "editor", from: /^Blocked: .*/m, to: "Blocked: no" }),
    },
    { weight: 2, arbitrary: fc.constant({ who: "look" }) },
  ),
  { minLength: 8, maxLength: 24 },
) as fc.Arbitrary<Step[]>;

it("whoever decides in whatever order: one number a record, no decision lost, and one agent", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await using bench = await createSessionBench({ verifies: true, maxRetries: 2 });
      const { run, store } = bench;
      let taken = 0;
      for (const step of all) {
        const before = run.effect();
        if (step.who === "run") await run.apply(step.event);
        if (step.who === "timer" && before.type === "timer") await run.apply(before.event);
        if (step.who === "look") await run.refresh();
        if (step.who === "editor") bench.edit(step.from, step.to);
        if (step.who === "command" && (await decide(store, step.event)).taken) taken += 1;
        // The agent that works is the one that was started, until it is told how it ended.
        const hasEnded = step.who === "run";
        if (before.type === "agent" && !hasEnded) expect(run.effect()).toEqual(before);
      }
      const records = bench.records();
      expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
      const types = new Set<string>(commands.map(({ type }) => type));
      expect(records.filter(({ event = "" }) => types.has(event))).toHaveLength(taken);
      // Each record goes on from where the one before has led.
      for (const [index, { from }] of records.slice(1).entries()) {
        expect(from).toBe(records[index]?.to);
      }
      const plans = records.flatMap((record) => (parsesPlan(record) ? [record.plan.runId] : []));
      for (const [index, id] of plans.entries()) {
        // A plan that another one has followed never comes back.
        if (id !== plans[index - 1]) expect(plans.slice(0, index)).not.toContain(id);
      }
      await run.refresh();
      const last = bench.last();
      if (!run.snapshot().hasTag("agent")) expect(run.state()).toBe(last?.to);
      expect(parseRecord(JSON.stringify(last))?.memory).toEqual(last?.memory);
    }),
    { numRuns: 60 },
  );
});

function parsesPlan(record: object): record is { plan: { runId: string } } {
  return "plan" in record && record.plan !== undefined;
}
