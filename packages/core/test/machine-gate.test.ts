import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getAdjacencyMap } from "xstate/graph";
import { sessionMachine } from "../src/machine/machine.ts";
import { isBeforeGate } from "../src/workflow/phase-gate.ts";
import { phases, waitReasons, type Phase } from "../src/workflow/phase.ts";
import { emptyMemory, memoryOf, type Hold } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { agentHappenings, happen, happenings, patiences } from "./support/session-arbitraries.ts";
import { timers } from "./support/paths.ts";
import { runnerEvents, timeEvents } from "../src/testing/sample-events.ts";
import { agentEvents as agents, signalEvents as signals } from "../src/testing/sample-events.ts";
import { enter, play, type Played } from "./support/session-play.ts";

const settings = { verifies: true };
const behindGate = phases.filter((phase) => !isBeforeGate(phase));
const atGate = () =>
  play(enter({ phase: "planning", settings }), {
    type: "signal.waiting",
    for: "plan_approval",
    planHash: "a",
  });
const approved = () => play(atGate(), { type: "approve" });

const isBehindGate = ({ context }: Played) => !isBeforeGate(context.phase);

const pausedWith = (planHash: string) => {
  const { context } = play(
    enter({
      phase: "planning",
      settings: { maxIterations: 0 },
      hold: { kind: "waiting", for: "plan_approval" },
      planHash,
    }),
    { type: "approve" },
  );
  return context;
};

describe("the plan gate", () => {
  it("is opened by no sequence of agents' events", () => {
    fc.assert(
      fc.property(patiences, fc.array(agentHappenings, { maxLength: 60 }), (patience, events) => {
        let now = enter({ settings: { ...settings, ...(patience && { patience }) } });
        for (const event of events) {
          now = happen(now, event);
          expect(now.context.phase).toBeOneOf(["investigation", "planning"]);
          expect(now.context.approval).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([undefined, "remind", "suggestions", "block"] as const)(
    "is behind everything that agents, tests and time can reach, whatever their order, with the rule %s",
    (remedy) => {
      const rule = remedy && ({ remedy, afterMs: 1000 } as const);
      const patience = Object.fromEntries(waitReasons.map((reason) => [reason, rule]));
      const reached = getAdjacencyMap(sessionMachine, {
        events: [...signals, ...agents, ...runnerEvents, ...timeEvents, ...timers],
        input: { settings: { ...settings, maxRetries: 1, ...(rule && { patience }) } },
        serializeState: ({ value, context: { phase, attempt, failures } }) =>
          JSON.stringify([value, phase, attempt, failures]),
      });
      const phasesReached = Object.values(reached).map(({ state }) => state.context.phase);
      expect(new Set(phasesReached)).toEqual(new Set(["investigation", "planning"]));
    },
  );

  it("is passed by nothing but approve or --auto-approve", () => {
    fc.assert(
      fc.property(fc.boolean(), patiences, happenings, (autoApprove, patience, events) => {
        let now = enter({ settings: { ...settings, autoApprove, ...(patience && { patience }) } });
        for (const event of events) {
          const before = now;
          now = happen(before, event);
          expect(isBehindGate(now)).toBe(now.context.approval !== undefined);
          if (isBehindGate(before) || !isBehindGate(now)) continue;
          const type = event === "timer" ? event : event.type;
          const by = now.context.approval?.by === "--auto-approve" ? "--auto-approve" : type;
          expect(by).toBeOneOf(autoApprove ? ["approve", "--auto-approve"] : ["approve"]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("puts an agent that wants to pass it into waiting, and forgets nothing", () => {
    const now = play(enter({ phase: "planning" }), {
      type: "signal.continue",
      phase: "implementation",
      planHash: "a",
      costUsd: 2,
    });
    expect(now.state).toBe("waiting.approval");
    expect(now.context).toMatchObject({ phase: "planning", planHash: "a", costUsd: 2 });
    expect(now.started).toEqual([]);
  });

  it("records who approved, when, and which plan", () => {
    const now = play(atGate(), { type: "approve", by: "ada", at: 42, planHash: "b" });
    expect(now.state).toBe("working.implementation");
    expect(now.context.approval).toEqual({ by: "ada", at: 42, planHash: "b", used: true });
  });

  it("records what opened it if nobody gave a name", () => {
    expect(approved().context.approval).toMatchObject({ by: "a person", planHash: "a" });
    const auto = play(enter({ phase: "planning", settings: { autoApprove: true } }), {
      type: "signal.waiting",
      for: "plan_approval",
      planHash: "a",
    });
    expect(auto.state).toBe("working.implementation");
    expect(auto.context.approval).toMatchObject({ by: "--auto-approve", planHash: "a" });
  });

  it.each(behindGate)("is not opened by an edit of the overview to %s", (phase) => {
    const before = atGate();
    const now = play(before, { type: "edit", phase });
    expect(now.state).toBe("waiting.approval");
    expect(now.context).toEqual(before.context);
    expect(now.snapshot).not.toBe(before.snapshot);
    expect(play(now, { type: "approve" }).state).toBe("working.implementation");
  });

  it.each(behindGate)("is not opened by an edit to %s that a session is entered with", (phase) => {
    const wait = { since: 1, rule: { remedy: "block", afterMs: 5 }, answerBy: 6 } as const;
    const input = { ...memoryOf(atGate().context), wait, now: 3, planHash: "b" };
    const now = enter({ ...input, edit: { type: "edit", phase } });
    expect(now.state).toBe("waiting.approval");
    expect(now.context).toEqual(enter(input).context);
    expect(now.context.wait).toEqual(wait);
  });

  it("lets an edit lead from anywhere before it up to it, with whatever the edit says beside", () => {
    const counts = { ...emptyMemory.counts, planning: 7 };
    const holds: readonly (Hold | undefined)[] = [
      undefined,
      { kind: "blocked", reason: "wait for me", needs: "human_decision" },
      { kind: "waiting", for: "human_action" },
    ];
    for (const phase of ["investigation", "planning"] as const) {
      for (const hold of holds) {
        const now = enter({
          phase,
          counts,
          hold: { kind: "waiting", for: "qa_answers" },
          wait: { since: 1 },
          now: 9,
          edit: { type: "edit", phase: "testing", planHash: "c", ...(hold && { hold }) },
        });
        expect(now.state).toBe("waiting.approval");
        expect(now.context).toMatchObject({ phase: "planning", counts, planHash: "c", rework: 0 });
        expect(now.context.hold).toEqual({ kind: "waiting", for: "plan_approval" });
        expect(now.context.wait).toEqual({ since: 9 });
        expect(now.context.approval).toBeUndefined();
      }
    }
  });

  it("lets an edit pass that stays before it", () => {
    expect(play(atGate(), { type: "edit", phase: "planning" }).state).toBe("working.planning");
    expect(play(atGate(), { type: "edit", phase: "investigation" }).state).toBe(
      "working.investigation",
    );
  });

  it("lets an edit choose the phase once it was opened", () => {
    expect(play(approved(), { type: "edit", phase: "quality" }).state).toBe("working.quality");
  });

  it("opens by --auto-approve, and not by the edit that leads there", () => {
    const now = enter({
      phase: "planning",
      settings: { autoApprove: true },
      edit: { type: "edit", phase: "testing" },
    });
    expect(now.state).toBe("working.implementation");
    expect(now.context.approval).toMatchObject({ by: "--auto-approve" });
  });

  it("sends a rejected plan back to planning with the feedback and iterations again", () => {
    const now = play(atGate(), { type: "reject", feedback: "too large" });
    expect(now.state).toBe("working.planning");
    expect(now.context.counts.planning).toBe(1);
    expect(now.context.notes).toEqual([
      { about: "The plan was rejected, with this feedback:", text: "too large" },
    ]);
  });

  it("waits in planning, whatever phase an edit names beside", () => {
    const now = play(approved(), {
      type: "edit",
      phase: "testing",
      hold: { kind: "waiting", for: "plan_approval" },
    });
    expect(now.state).toBe("waiting.approval");
    expect(now.context).toMatchObject({ phase: "planning" });
    expect(now.context.approval).toBeUndefined();
    expect(play(now, { type: "reject", feedback: "no" }).state).toBe("working.planning");
  });

  it("is closed again when a person sends the work back before it", () => {
    const blocked = play(approved(), { type: "agent.overBudget", message: "$5" });
    const again = play(blocked, { type: "resume", phase: "planning" });
    expect(again.context.approval).toBeUndefined();
    const stuck = play(again, { type: "agent.overBudget", message: "$5" });
    expect(play(stuck, { type: "resume", phase: "implementation" }).state).toBe("waiting.approval");
  });

  describe.each<[string, Played]>([
    [
      "waiting.answers",
      play(enter({ phase: "planning" }), { type: "signal.waiting", for: "qa_answers" }),
    ],
    ["waiting.approval", atGate()],
    [
      "waiting.file",
      play(enter({ phase: "planning" }), { type: "signal.waiting", for: "file_update" }),
    ],
    ["waiting.action", play(enter(), { type: "signal.waiting", for: "human_action" })],
    ["blocked", play(enter(), { type: "agent.outOfTurns", message: "300 turns" })],
    ["retrying", play(enter({ phase: "planning" }), { type: "agent.stalled", message: "900 s" })],
    [
      "limited",
      play(enter({ phase: "planning" }), { type: "agent.limited", message: "5 h", until: 9 }),
    ],
    [
      "paused",
      play(enter({ phase: "planning" }), { type: "agent.interrupted", message: "SIGINT" }),
    ],
    [
      "failed",
      play(enter({ phase: "planning", settings: { maxRetries: 0 } }), {
        type: "agent.stalled",
        message: "900 s",
      }),
    ],
  ])("in %s", (state, now) => {
    it.each(behindGate)("is not passed by resume to %s", (phase) => {
      expect(now.state).toBe(state);
      const after = play(now, { type: "resume", phase, note: "mind the cookies" });
      expect(after.state).toBe("waiting.approval");
      expect(after.context.phase).toBe<Phase>("planning");
      expect(after.context.notes.at(-1)?.text).toBe("mind the cookies");
    });
  });
});

describe("an approval", () => {
  it("lapses when the plan changes before work on it starts", () => {
    const { phase, approval } = pausedWith("a");
    expect({ phase, used: approval?.used }).toEqual({ phase: "implementation", used: false });
    const same = enter({ phase, approval, planHash: "a" });
    expect(same.state).toBe("working.implementation");
    const changed = enter({ phase, approval, planHash: "b" });
    expect(changed.state).toBe("waiting.approval");
    expect(changed.context.approval).toBeUndefined();
    expect(play(changed, { type: "approve" }).context.approval).toMatchObject({ planHash: "b" });
  });

  it("that has lapsed is remembered until a person decides again, also over a restart", () => {
    const { phase, approval } = pausedWith("a");
    const { context } = enter({ phase, approval, planHash: "b" });
    expect(context.lapsed).toEqual(approval);
    const again = enter(memoryOf(context));
    expect(again.context.lapsed).toEqual(approval);
    const decisions: SessionEvent[] = [
      { type: "approve" },
      { type: "reject", feedback: "smaller" },
      { type: "resume" },
      { type: "edit", phase: "planning" },
    ];
    for (const event of decisions) expect(play(again, event).context.lapsed).toBeUndefined();
  });

  it("lapses too where a person has named a later phase meanwhile", () => {
    const { phase, approval } = pausedWith("a");
    const now = enter({ phase, approval, planHash: "b", settings: { maxIterations: 0 } });
    expect(now.state).toBe("waiting.approval");
    const later = play(enter({ phase, approval, planHash: "a", settings: { maxIterations: 0 } }), {
      type: "resume",
      phase: "testing",
    });
    const { context } = later;
    expect(enter({ phase: context.phase, approval: context.approval, planHash: "b" }).state).toBe(
      "waiting.approval",
    );
  });

  it("holds when the plan changes once work on it has started", () => {
    const now = play(approved(), { type: "signal.continue", planHash: "c" });
    expect(now.state).toBe("working.implementation");
    const { phase, approval } = now.context;
    expect(enter({ phase, approval, planHash: "d" }).state).toBe("working.implementation");
  });
});
