import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRecord, parseRecord } from "../src/history/history.ts";
import type { Phase } from "../src/workflow/phase.ts";
import { memoryOf, type SessionSettings } from "../src/machine/session-context.ts";
import { beginnings, happen, happenings, patiences } from "./support/session-arbitraries.ts";
import { enter, type Played } from "./support/session-play.ts";

const settings = fc.record({
  verifies: fc.boolean(),
  autoApprove: fc.boolean(),
  maxRetries: fc.nat(3),
  patience: patiences,
});

/** Enters the session again, from what its newest record remembers. */
function restart({ context, snapshot }: Played, settings: Partial<SessionSettings>): Played {
  const memory = parseRecord(formatRecord({ memory: memoryOf(context) }))?.memory;
  expect(memory).toEqual(memoryOf(context));
  const { finished, planHash, now } = context;
  return enter({
    ...memory,
    inFlight: snapshot.hasTag("agent"),
    finished,
    planHash,
    now,
    settings,
  });
}

/** States that a new run leaves by itself: it tries again, or goes on. */
const isPassedBy = ({ state }: Played) => ["retrying", "paused", "failed"].includes(state);

/** Where a run may begin that finds a session at rest: what it remembers decides. */
function statesAfter({ context }: Played, phase: Phase): string[] {
  if (context.limitedUntil !== undefined) return ["limited"];
  if (context.next !== undefined) return ["verifying"];
  return context.hold === undefined ? [`working.${phase}`] : ["blocked", "waiting.approval"];
}

describe("a restart", () => {
  it("at any instant finds the session where it was, and starts no iteration a second time", () => {
    fc.assert(
      fc.property(settings, beginnings, happenings, (settings, beginning, events) => {
        let now = enter({ ...beginning, settings });
        for (const event of events) {
          now = happen(now, event);
          if (isPassedBy(now)) continue;
          const again = restart(now, settings);
          expect(again.state).toBe(now.state);
          expect(memoryOf(again.context)).toEqual(memoryOf(now.context));
          expect(again.context.approval).toEqual(now.context.approval);
          expect(again.context.attempt).toBe(again.snapshot.hasTag("agent") ? "adopt" : "fresh");
        }
      }),
      { numRuns: 50 },
    );
  });

  it("at every step leads to the same end as none", () => {
    fc.assert(
      fc.property(settings, beginnings, happenings, (settings, beginning, events) => {
        let whole = enter({ ...beginning, settings });
        let broken = whole;
        for (const event of events) {
          // What was asked of a run ends with the run.
          if (event !== "timer" && event.type === "stop") continue;
          // An iteration that its own run takes back is left by the next run for the one after it to begin.
          if (event !== "timer" && "unbegun" in event) continue;
          whole = happen(whole, event);
          broken = happen(isPassedBy(broken) ? broken : restart(broken, settings), event);
          expect(broken.state).toBe(whole.state);
          expect(memoryOf(broken.context)).toEqual(memoryOf(whole.context));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("goes on from retrying, paused and failed with the next iteration, unless something else holds", () => {
    fc.assert(
      fc.property(settings, beginnings, happenings, (settings, beginning, events) => {
        let now = enter({ ...beginning, settings });
        for (const event of events) {
          now = happen(now, event);
          if (!isPassedBy(now)) continue;
          const again = restart(now, settings);
          const { context } = again;
          expect(again.state).toBeOneOf(statesAfter(again, now.context.phase));
          const isStarted = again.snapshot.hasTag("agent");
          expect(context.iteration).toBe(now.context.iteration + (isStarted ? 1 : 0));
          expect(context.failures).toBe(now.context.failures);
          expect(context.notes).toEqual(now.context.notes);
        }
      }),
      { numRuns: 50 },
    );
  });
});
