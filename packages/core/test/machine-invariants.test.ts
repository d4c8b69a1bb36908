import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxRework, phaseRules, phases } from "../src/workflow/phase.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import {
  beginnings,
  happen,
  happenings,
  patiences,
  type Happening,
} from "./support/session-arbitraries.ts";
import { enter, play, type Played } from "./support/session-play.ts";

const settings = fc.record({
  verifies: fc.boolean(),
  autoApprove: fc.boolean(),
  maxRetries: fc.nat(3),
  patience: patiences,
  maxIterations: fc.constantFrom(1, 5, Number.POSITIVE_INFINITY),
});

/** Checks what must hold before and after everything that happens. */
function holds(check: (before: Played, after: Played, event: Happening) => void): void {
  fc.assert(
    fc.property(settings, beginnings, happenings, (settings, beginning, events) => {
      let now = enter({ ...beginning, settings });
      for (const event of events) {
        const before = now;
        now = happen(before, event);
        check(before, now, event);
      }
    }),
    { numRuns: 60 },
  );
}

const isWorking = ({ state }: Played) => state.startsWith("working.");

/** Whether the event tells that the agent of a new iteration had not begun to work. */
const isTakenBack = (before: Played, event: Happening) =>
  isWorking(before) &&
  before.context.attempt === "fresh" &&
  event !== "timer" &&
  "unbegun" in event;

const isMended = (played: Played) => isWorking(played) && played.context.attempt === "mend";

/** What brings a session on from where it is. */
function wayOn({ state, context }: Played): SessionEvent | "timer" {
  switch (state) {
    case "working.investigation":
      return { type: "signal.continue", phase: "planning" };
    case "working.planning":
      return { type: "signal.waiting", for: "plan_approval" };
    case "working.implementation":
      return { type: "signal.continue", phase: "quality" };
    case "working.testing":
    case "working.quality":
      return { type: "signal.continue", phase: "done" };
    case "working.done":
      return { type: "signal.done", summary: "it works" };
    case "verifying":
      return { type: "tests.passed" };
    case "waiting.answers":
      return { type: "answer", open: 0 };
    case "waiting.approval":
      return { type: "approve" };
    case "retrying":
    case "limited":
      return "timer";
    default:
      return { type: "resume", phase: context.phase };
  }
}

describe("whatever happens", () => {
  it("one agent runs while a session works, and none while it does not", () => {
    holds((before, after) => {
      const starts = isWorking(after) && (!isWorking(before) || after.started.length > 0);
      expect(after.started.filter((name) => name === "agent")).toHaveLength(starts ? 1 : 0);
      expect(after.snapshot.children["agent"] !== undefined).toBe(isWorking(after));
      expect(after.snapshot.children["tests"] !== undefined).toBe(after.state === "verifying");
    });
  });

  it("no counter passes its limit", () => {
    holds((_before, { context }) => {
      for (const phase of phases) {
        expect(context.counts[phase]).toBeLessThanOrEqual(phaseRules[phase].maxIterations);
      }
      expect(context.rework).toBeLessThanOrEqual(maxRework);
      expect(context.failures).toBeLessThanOrEqual(context.settings.maxRetries);
      expect(context.iterationsOfRun).toBeLessThanOrEqual(
        context.settings.maxIterations ?? Infinity,
      );
    });
  });

  it("iterations are counted one by one, and no cost is forgotten", () => {
    holds((before, after, event) => {
      const more = after.context.iteration - before.context.iteration;
      const isBegun = isWorking(after) && after.started.length > 0;
      if (isTakenBack(before, event)) expect(more).toBe(-1);
      else expect(more).toBe(isBegun && after.context.attempt === "fresh" ? 1 : 0);
      expect(after.context.costUsd).toBeGreaterThanOrEqual(before.context.costUsd);
    });
  });

  it("an iteration is repaired at most once", () => {
    holds((before, after) => {
      const isMendedTwice = isMended(before) && isMended(after) && after.started.length > 0;
      expect(isMendedTwice).toBe(false);
    });
  });

  it("a session is held exactly where a person must act", () => {
    holds((_before, { snapshot, state, context }) => {
      const isHeld = snapshot.hasTag("person");
      expect([state, context.hold !== undefined]).toEqual([state, isHeld]);
      expect(snapshot.hasTag("timer")).toBe(state === "retrying" || state === "limited");
    });
  });

  it("the phase of a working session is the one that it works in", () => {
    holds((_before, { state, context }) => {
      const phase = state.startsWith("working.") ? state.slice("working.".length) : context.phase;
      expect(context.phase).toBe(phase);
    });
  });

  it("a session that is not finished can be finished", () => {
    fc.assert(
      fc.property(fc.boolean(), happenings, (verifies, events) => {
        let now = enter({ settings: { verifies } });
        for (const event of events) now = happen(now, event);
        for (let steps = 0; steps < 20 && now.state !== "finished"; steps += 1)
          now = play(now, wayOn(now));
        expect(now.state).toBe("finished");
      }),
      { numRuns: 60 },
    );
  });
});
