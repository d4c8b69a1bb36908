import { createActor, fromCallback, transition } from "xstate";
import { describe, expect, it } from "vitest";
import { sessionMachine } from "../src/machine/machine.ts";
import type { SessionInput } from "../src/machine/session-input.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { formatState } from "../src/machine/session-state.ts";
import { reachIn, situations, stateNames } from "./support/situations.ts";
import { sessionEvents } from "../src/testing/sample-events.ts";
import { enter, play } from "./support/session-play.ts";

/** A value as plain JavaScript gives it, that TypeScript would refuse. */
const foreign = (json: string) => JSON.parse(json);

describe("a phase that there is not", () => {
  const cases: readonly SessionInput[] = [
    {},
    { inFlight: true },
    { hold: { kind: "waiting", for: "qa_answers" } },
    { hold: { kind: "waiting", for: "plan_approval" } },
    { hold: { kind: "blocked", reason: "x", needs: "clarification" } },
    { limitedUntil: 9 },
    { next: "quality" },
    { settings: { maxIterations: 0 } },
  ];
  it.each(cases)("blocks the session, and is named: %j", (input) => {
    const phase: "testing" = foreign('"tetsing"');
    const now = enter({ ...input, phase });
    expect(now.state).toBe("blocked");
    expect(now.started).toEqual([]);
    expect(now.context.hold).toEqual({
      kind: "blocked",
      reason:
        "cannot continue in phase `tetsing`: expected `investigation`, `planning`, `implementation`, `testing`, `quality`, `done`",
      needs: "human_decision",
    });
    expect(play(now, { type: "resume" }).state).toBe("blocked");
    expect(play(now, { type: "resume", phase: "planning" }).context.phase).toBe("planning");
    expect(play(now, { type: "resume", phase: "testing" }).state).toBe("waiting.approval");
  });

  it("does not undo that a session is finished", () => {
    expect(enter({ phase: foreign('"tetsing"'), finished: true }).state).toBe("finished");
  });

  it("is no `done` if it is `done`", () => {
    expect(enter({ phase: "done" }).state).toBe("working.done");
  });
});

describe("an answer that cannot be understood", () => {
  it.each([
    ['{"type":"signal.waiting","for":"lunch"}', "cannot wait for `lunch`: expected"],
    ['{"type":"signal.waiting"}', "the signal could not be read"],
    ['{"type":"signal.continue","phase":"lunch"}', "cannot go from `planning` to `lunch`"],
    ['{"type":"signal.invalid"}', "the signal could not be read"],
  ])("is repaired once, then it blocks: %s", (json, problem) => {
    const event: SessionEvent = foreign(json);
    const mended = play(enter({ phase: "planning" }), event);
    expect(mended.context).toMatchObject({ attempt: "mend", iteration: 1 });
    expect(mended.context.problem).toContain(problem);
    const stuck = play(mended, event);
    expect(stuck.state).toBe("blocked");
    expect(stuck.context.hold).toMatchObject({
      reason: expect.stringContaining(`and so was the repaired one: ${problem}`),
      needs: "error_resolution",
    });
  });

  it("blocks where the tests should have answered", () => {
    const verifying = enter({ phase: "testing", next: "quality", rework: 2 });
    const now = play(verifying, { type: "signal.invalid", problem: "no such event" });
    expect(now.state).toBe("blocked");
    expect(now.context).toMatchObject({
      rework: 2,
      next: "quality",
      hold: { kind: "blocked", reason: "no such event", needs: "error_resolution" },
    });
    expect(play(now, { type: "resume" }).state).toBe("verifying");
  });
});

describe("a snapshot that was kept as JSON", () => {
  const played = stateNames.flatMap((state) =>
    situations.flatMap((situation) => {
      const now = reachIn(state, situation);
      return now === undefined ? [] : [{ name: `${state}, ${situation.label}`, now }];
    }),
  );

  it.each(played)("leads to the same states: $name", ({ now: { snapshot } }) => {
    const context: typeof snapshot.context = foreign(JSON.stringify(snapshot.context));
    expect(context).toEqual(snapshot.context);
    for (const event of sessionEvents) {
      const [whole] = transition(sessionMachine, snapshot, event);
      const [kept] = transition(sessionMachine, { ...snapshot, context }, event);
      expect(formatState(kept.value)).toBe(formatState(whole.value));
      expect(kept.context).toEqual(whole.context);
    }
  });

  it.each([undefined, Number.POSITIVE_INFINITY, Number.NaN])(
    "has no limit where the limit was %s",
    (limit) => {
      const settings = { maxIterations: limit, budgetUsd: limit };
      const { context } = enter({ settings });
      expect(context.settings).not.toHaveProperty("maxIterations");
      expect(context.settings).not.toHaveProperty("budgetUsd");
      expect(enter({ settings, costUsd: 1e9 }).state).toBe("working.investigation");
    },
  );

  it("keeps the limits that there are, the least ones too", () => {
    const settings = { maxIterations: 0, budgetUsd: 0, maxRetries: 0 };
    expect(enter({ settings }).context.settings).toMatchObject(settings);
    expect(enter({ settings: { maxRetries: Infinity } }).context.settings.maxRetries).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });

  it("restores an actor that waits at the gate", () => {
    const machine = sessionMachine.provide({ actors: { agent: fromCallback(() => {}) } });
    const actor = createActor(machine, { input: {} }).start();
    actor.send({ type: "signal.continue", phase: "planning" });
    actor.send({ type: "signal.waiting", for: "plan_approval" });
    const kept = JSON.stringify(actor.getPersistedSnapshot());
    actor.stop();
    const again = createActor(machine, { snapshot: foreign(kept), input: {} }).start();
    again.send({ type: "approve", by: "ada" });
    expect(formatState(again.getSnapshot().value)).toBe("working.implementation");
    again.stop();
  });
});
