import fc from "fast-check";
import { isBeforeGate } from "../../src/workflow/phase-gate.ts";
import { phases } from "../../src/workflow/phase.ts";
import type { Patience, Remedy } from "../../src/workflow/patience.ts";
import type { SessionSettings } from "../../src/machine/session-context.ts";
import type { SessionInput } from "../../src/machine/session-input.ts";
import type { SessionEvent } from "../../src/machine/session-event.ts";
import {
  agentEvents,
  editEvents,
  personEvents,
  runnerEvents,
  signalEvents,
  timeEvents,
} from "../../src/testing/sample-events.ts";
import { play, type Played } from "./session-play.ts";

/** Something that happens to a session; `"timer"` where one runs. */
export type Happening = SessionEvent | "timer";

const facts = fc.record(
  {
    at: fc.nat(50_000),
    costUsd: fc.constantFrom(0, 0.5, 2),
    planHash: fc.constantFrom("a", "b"),
    notes: fc.constantFrom([], [{ about: "A line was put back.", text: "Phase: done" }]),
  },
  { requiredKeys: [] },
);

/** What an agent can bring about, or the runner, or time. */
export const agentHappenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: withFacts(signalEvents) },
  {
    weight: 4,
    arbitrary: withFacts(signalEvents.filter(({ type }) => type === "signal.continue")),
  },
  { weight: 1, arbitrary: withFacts(agentEvents) },
  { weight: 1, arbitrary: fc.constantFrom<Happening>(...runnerEvents, "timer") },
  { weight: 1, arbitrary: fc.constantFrom<Happening>(...timeEvents, "timer") },
);

/** The rules of a run for when nobody answers. */
export const patiences: fc.Arbitrary<SessionSettings["patience"]> = fc.option(
  fc.record(
    {
      qa_answers: ruleOf("remind", "suggestions", "block"),
      plan_approval: ruleOf("remind", "block"),
      human_action: ruleOf("remind", "block"),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

function ruleOf(...names: readonly Remedy[]): fc.Arbitrary<Patience> {
  const rule = fc.record({
    remedy: fc.constantFrom(...names),
    afterMs: fc.constantFrom(1000, 90_000),
  });
  return fc.oneof(rule, fc.constant({ remedy: "wait" } as const));
}

/** What a person can bring about. */
const personHappenings: fc.Arbitrary<Happening> = fc.constantFrom<Happening>(
  ...personEvents,
  ...editEvents,
);

/** Anything that can happen, mostly what agents bring about. */
export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: agentHappenings }, { weight: 1, arbitrary: personHappenings }),
  { maxLength: 40 },
);

/** Where a session may begin that has come so far: in any phase, with the approval that it needs there. */
export const beginnings: fc.Arbitrary<SessionInput> = fc.constantFrom(...phases).map((phase) => ({
  phase,
  ...(!isBeforeGate(phase) && { approval: { by: "a person", at: 0, planHash: "a", used: true } }),
}));

/** Lets something happen; time does nothing if no timer runs. */
export function happen(from: Played, event: Happening): Played {
  if (event === "timer" && from.timer === undefined) return { ...from, started: [] };
  return play(from, event);
}

function withFacts(events: readonly SessionEvent[]): fc.Arbitrary<SessionEvent> {
  return fc
    .tuple(fc.constantFrom(...events), facts)
    .map(([event, more]) => Object.assign({}, more, event));
}
