import { describe, expect, it } from "vitest";
import { phases, waitReasons } from "../src/workflow/phase.ts";
import { isBehindGate } from "../src/workflow/phase-gate.ts";
import type { SessionInput } from "../src/machine/session-input.ts";
import { memoryOf } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { agentEvents, runnerEvents, signalEvents } from "../src/testing/sample-events.ts";
import { enter, play } from "./support/session-play.ts";
import { reach, stateNames } from "./support/situations.ts";

const names = {
  qa_answers: "waiting.answers",
  plan_approval: "waiting.approval",
  file_update: "waiting.file",
  human_action: "waiting.action",
};
const waitingFor = (reason: (typeof waitReasons)[number], input: SessionInput = {}) =>
  play(enter({ phase: "planning", ...input }), { type: "signal.waiting", for: reason });
const blocked = (input: SessionInput = {}) =>
  play(enter({ phase: "testing", ...input }), {
    type: "signal.blocked",
    reason: "2 tests fail",
    needs: "clarification",
  });
const lateEvents = [...signalEvents, ...agentEvents, ...runnerEvents].filter(
  ({ type }) => type !== "overview.unreadable",
);

const open = stateNames.filter((state) => state !== "finished");

describe("a waiting session", () => {
  it.each(waitReasons)("starts nothing, now or after a restart: %s", (reason) => {
    const now = waitingFor(reason);
    expect(now.state).toBe(names[reason]);
    expect(now.started).toEqual([]);
    const { phase, hold } = now.context;
    expect(hold).toEqual({ kind: "waiting", for: reason });
    const later = enter({ phase, hold });
    expect(later.state).toBe(now.state);
    expect(later.started).toEqual([]);
  });

  it.each(waitReasons)("takes no late word of an agent: %s", (reason) => {
    const now = waitingFor(reason);
    for (const event of lateEvents) expect(play(now, event).snapshot).toBe(now.snapshot);
  });

  it("goes on when every question is answered, and tells the agent", () => {
    const now = waitingFor("qa_answers");
    expect(play(now, { type: "answer", open: 1 }).snapshot).toBe(now.snapshot);
    const after = play(now, { type: "answer", open: 0 });
    expect(after.state).toBe("working.planning");
    expect(after.context.hold).toBeUndefined();
    expect(after.context.notes).toEqual([
      { about: "The questions in `_qa.md` have been answered." },
    ]);
  });

  it("remembers who has answered some of the questions, and waits for the rest", () => {
    const now = waitingFor("qa_answers");
    const some = play(now, { type: "answer", open: 1, answered: ["Q1"], by: "ada" });
    expect(some.snapshot).not.toBe(now.snapshot);
    expect(some.state).toBe("waiting.answers");
    expect(some.context).toEqual(now.context);
    expect(play(some, { type: "answer", open: 0, answered: ["Q2"] }).state).toBe(
      "working.planning",
    );
  });

  it.each(waitReasons)("goes on in its phase where a person resumes it: %s", (reason) => {
    const now = play(waitingFor(reason), { type: "resume", note: "done" });
    expect(now.state).toBe("working.planning");
    expect(now.context.notes).toEqual([
      { about: "A person resumed the session with this note:", text: "done" },
    ]);
  });
});

describe("a blocked session", () => {
  it("says why and what it needs, now and after a restart", () => {
    const { state, context } = blocked();
    expect(state).toBe("blocked");
    expect(context.hold).toEqual({
      kind: "blocked",
      reason: "2 tests fail",
      needs: "clarification",
    });
    expect(enter({ phase: context.phase, hold: context.hold }).state).toBe("blocked");
  });

  it("returns to the phase it came from", () => {
    const now = play(blocked({ counts: { ...enter().context.counts, testing: 19 } }), {
      type: "resume",
    });
    expect(now.state).toBe("working.testing");
    expect(now.context.counts.testing).toBe(1);
    expect(now.context.hold).toBeUndefined();
  });

  it.each(phases)("goes to %s where a person names it", (phase) => {
    expect(play(blocked(), { type: "resume", phase }).state).toBe(`working.${phase}`);
  });

  it("takes no late word of an agent", () => {
    const now = blocked();
    for (const event of lateEvents) expect(play(now, event).snapshot).toBe(now.snapshot);
  });

  it.each(open)("is what an overview that cannot be read makes of one in %s", (state) => {
    const now = play(reach(state), { type: "overview.unreadable", message: "no Status section" });
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toMatchObject({ reason: "no Status section" });
  });
});

describe("a run", () => {
  const none = { maxIterations: 0 };
  const go: SessionEvent = { type: "signal.continue", phase: "planning" };

  it("starts as many iterations as it may, and the next run goes on", () => {
    const now = play(enter({ settings: { maxIterations: 2 } }), { type: "signal.continue" }, go);
    expect(now.state).toBe("paused");
    expect(now.context).toMatchObject({ phase: "planning", iteration: 2 });
    const next = enter({ phase: "planning", iteration: 2 });
    expect(next.state).toBe("working.planning");
    expect(next.context.iteration).toBe(3);
  });

  it("that may start none takes a person's word and starts none", () => {
    const now = play(enter({ ...blocked().context, settings: { maxIterations: 0 } }), {
      type: "resume",
    });
    expect(now.state).toBe("paused");
    expect(now.started).toEqual([]);
    expect(now.context.hold).toBeUndefined();
  });

  it("finishes its iteration when it is asked to stop", () => {
    const asked = play(enter(), { type: "stop" });
    expect(asked.state).toBe("working.investigation");
    expect(asked.started).toEqual([]);
    const now = play(asked, go);
    expect(now.state).toBe("paused");
    expect(now.context.phase).toBe("planning");
  });

  it.each<[string, SessionEvent]>([
    ["retrying", { type: "agent.stalled", message: "900 s" }],
    ["limited", { type: "agent.limited", message: "five hours", until: 9 }],
  ])("stops at once while it is %s", (state, event) => {
    const now = play(enter(), event);
    expect(now.state).toBe(state);
    const stopped = play(now, { type: "stop" });
    expect(stopped.state).toBe("paused");
    expect(stopped.timer).toBeUndefined();
    expect(play(now, { type: "agent.interrupted", message: "SIGINT" }).state).toBe("paused");
  });

  it("that is interrupted pauses, and has spent the iteration", () => {
    const now = play(enter(), { type: "agent.interrupted", message: "SIGINT", costUsd: 1 });
    expect(now.state).toBe("paused");
    expect(now.context).toMatchObject({ iteration: 1, costUsd: 1, failures: 0 });
    expect(play(now, { type: "resume" }).context.iteration).toBe(2);
  });

  it("that is interrupted before its agent began to work has spent nothing", () => {
    const unbegun: SessionEvent = { type: "agent.interrupted", message: "SIGINT", unbegun: true };
    const approval = { by: "ada", at: 0, planHash: "a", used: false };
    const input = { phase: "implementation", iteration: 7, approval, planHash: "a" } as const;
    const begun = enter(input);
    expect(begun.context).toMatchObject({ iteration: 8, approval: { used: true } });
    const now = play(begun, unbegun);
    expect(now.state).toBe("paused");
    expect(memoryOf(now.context)).toEqual(memoryOf(enter({ ...input, settings: none }).context));

    // Its signal is still to be repaired, or its agent still to be started: the next run finds it so.
    const mended = play(begun, { type: "signal.invalid", problem: "it is empty" });
    expect(play(mended, unbegun).snapshot).toBe(mended.snapshot);
    const adopted = enter({ ...input, inFlight: true });
    expect(play(adopted, unbegun).snapshot).toBe(adopted.snapshot);
  });

  it("that is interrupted on an approval that was used before leaves it used", () => {
    const approval = { by: "ada", at: 0, used: true };
    const now = play(enter({ phase: "implementation", approval }), {
      type: "agent.interrupted",
      message: "SIGINT",
      unbegun: true,
    });
    expect(now.context.approval).toEqual(approval);
  });

  it("that adopts an iteration counts it no second time", () => {
    const { context } = enter({ phase: "testing", iteration: 4 });
    const adopted = enter({ ...context, inFlight: true });
    expect(adopted.state).toBe("working.testing");
    expect(adopted.started).toEqual(["agent"]);
    expect(adopted.context).toMatchObject({
      iteration: 5,
      counts: context.counts,
      iterationsOfRun: 0,
    });
  });
});

/** In the other states the plan has been approved already. */
const withClosedGate = ["working.investigation", "working.planning", "waiting.approval"] as const;

const hasClosedGate = (state: string): boolean => withClosedGate.some((one) => one === state);

describe("an edit of the overview", () => {
  describe.each(withClosedGate)("in %s", (state) => {
    it.each(phases.filter(isBehindGate))("leads to the gate, and not to %s", (phase) => {
      const now = play(reach(state), { type: "edit", phase, by: "ada" });
      expect(now.state).toBe("waiting.approval");
      expect(now.started).toEqual([]);
      expect(now.context).toMatchObject({
        phase: "planning",
        hold: { kind: "waiting", for: "plan_approval" },
      });
    });

    it("leads to the gate even if it also blocks the session behind it", () => {
      const hold = { kind: "blocked", reason: "no", needs: "clarification" } as const;
      const now = play(reach(state), { type: "edit", phase: "quality", hold });
      expect(now.state).toBe("waiting.approval");
    });
  });

  describe.each(open)("in %s", (state) => {
    const allowed = phases.filter((phase) => !hasClosedGate(state) || !isBehindGate(phase));
    it.each(allowed)("sends the session to %s", (phase) => {
      const now = play(reach(state), { type: "edit", phase, by: "ada" });
      expect(now.state).toBe(`working.${phase}`);
      expect(now.started).toEqual(["agent"]);
      expect(now.context).toMatchObject({ attempt: "fresh", failures: 0, rework: 0 });
      expect(now.context.hold).toBeUndefined();
    });

    it.each(waitReasons)("lets it wait for %s", (reason) => {
      const hold = { kind: "waiting", for: reason } as const;
      const now = play(reach(state), { type: "edit", phase: "planning", hold });
      expect(now.state).toBe(names[reason]);
      expect(now.context.hold).toEqual(hold);
    });

    it("blocks it", () => {
      const hold = { kind: "blocked", reason: "no", needs: "clarification" } as const;
      const now = play(reach(state), { type: "edit", phase: "planning", hold });
      expect(now.state).toBe("blocked");
      expect(now.context).toMatchObject({ phase: "planning", hold });
    });
  });
});
