import { createActor, SimulatedClock } from "xstate";
import { describe, expect, it } from "vitest";
import { sessionMachine } from "../src/machine/machine.ts";
import type { Patience } from "../src/workflow/patience.ts";
import type { WaitReason } from "../src/workflow/phase.ts";
import { memoryOf, type SessionSettings } from "../src/machine/session-context.ts";
import { formatState } from "../src/machine/session-state.ts";
import { statusChanges } from "../src/history/session-status.ts";
import { parseOverview } from "../src/overview/overview.ts";
import { enter, play } from "./support/session-play.ts";

const hour = 3_600_000;
const start = 1_000_000;
const asksAt = start + 5000;

const under = (reason: WaitReason, rule: Patience): Partial<SessionSettings> => ({
  patience: { [reason]: rule },
});
const remind = under("qa_answers", { remedy: "remind", afterMs: 2 * hour });
const suggest = under("qa_answers", { remedy: "suggestions", afterMs: 8 * hour });
const block = under("plan_approval", { remedy: "block", afterMs: hour });

/** A session that has begun to wait under a rule. */
const waiting = (reason: WaitReason, settings?: Partial<SessionSettings>) =>
  play(enter({ phase: "planning", now: start, settings: { ...settings } }), {
    type: "signal.waiting",
    for: reason,
    at: asksAt,
  });

describe("a wait without a rule", () => {
  it.each([undefined, {}, under("plan_approval", { remedy: "block", afterMs: 1 })])(
    "goes on for ever, and remembers since when: %j",
    (settings) => {
      const now = waiting("qa_answers", settings);
      expect(now.context.wait).toEqual({ since: asksAt });
      expect(now.timer).toBeUndefined();
      const late = play(now, {
        type: "unanswered",
        for: "qa_answers",
        remedy: "remind",
        at: Number.MAX_SAFE_INTEGER,
      });
      expect(late.snapshot).toBe(now.snapshot);
    },
  );
});

describe("a wait that reminds", () => {
  it("tells people after the time, and again after each further time, and waits on", () => {
    const now = waiting("qa_answers", remind);
    expect(now.context.wait?.answerBy).toBe(asksAt + 2 * hour);
    expect(now.timer?.delayMs).toBe(2 * hour);
    const once = play(now, "timer");
    expect(once.state).toBe("waiting.answers");
    expect(once.started).toEqual([]);
    expect(once.context.wait).toMatchObject({ since: asksAt, answerBy: asksAt + 4 * hour });
    expect(once.timer?.delayMs).toBe(2 * hour);
    expect(play(once, "timer").context.wait?.answerBy).toBe(asksAt + 6 * hour);
  });

  it("tells them once, however many times it has missed", () => {
    const late = {
      type: "unanswered",
      for: "qa_answers",
      remedy: "remind",
      at: asksAt + 7 * hour,
    } as const;
    const once = play(waiting("qa_answers", remind), late);
    expect(once.context.wait?.answerBy).toBe(asksAt + 8 * hour);
    expect(once.timer?.delayMs).toBe(hour);
  });
});

describe("a wait that takes the suggestions", () => {
  it("lets them count after the time, and has no further deadline", () => {
    const now = play(waiting("qa_answers", suggest), "timer");
    expect(now.state).toBe("waiting.answers");
    expect(now.context.wait).toMatchObject({ since: asksAt, takesSuggestions: true });
    expect(now.context.wait?.answerBy).toBeUndefined();
    const again = enter({ ...memoryOf(now.context), now: asksAt + 99 * hour, settings: suggest });
    expect(again.context.wait).toEqual(now.context.wait);
    expect(again.timer).toBeUndefined();
    expect(play(again, { type: "answer", open: 0 }).context.wait).toBeUndefined();
  });

  it("does so for questions only, whatever the settings say", () => {
    const settings = under("plan_approval", { remedy: "suggestions", afterMs: hour });
    const now = play(waiting("plan_approval", settings), "timer");
    expect(now.state).toBe("waiting.approval");
    expect(now.context).toMatchObject({ phase: "planning" });
    expect(now.context.approval).toBeUndefined();
  });
});

const blocked = (reason: WaitReason) =>
  play(waiting(reason, under(reason, { remedy: "block", afterMs: 90_000 })), "timer");

describe("a wait that blocks", () => {
  it.each([
    ["qa_answers", "no one answered the questions within 90s"],
    ["plan_approval", "no one approved or rejected the plan within 90s"],
    ["file_update", "no one updated the file within 90s"],
    ["human_action", "no one did the manual step within 90s"],
  ] as const)("blocks the session after the time, and says why: %s", (reason, words) => {
    const now = blocked(reason);
    expect(now.state).toBe("blocked");
    expect(now.timer).toBeUndefined();
    expect(now.context).toMatchObject({
      phase: "planning",
      hold: { kind: "blocked", reason: words, needs: "human_decision", waitedFor: reason },
    });
    expect(now.context.wait).toBeUndefined();
    expect(enter({ ...memoryOf(now.context), settings: block }).state).toBe("blocked");
  });

  it("takes what was waited for all the same", () => {
    const gate = blocked("plan_approval");
    expect(play(gate, { type: "approve", by: "ada" }).context).toMatchObject({
      phase: "implementation",
      approval: { by: "ada" },
    });
    expect(play(gate, { type: "reject", feedback: "smaller" }).state).toBe("working.planning");
    expect(play(gate, { type: "answer", open: 0 }).snapshot).toBe(gate.snapshot);
    const asked = blocked("qa_answers");
    expect(play(asked, { type: "answer", open: 1 }).snapshot).toBe(asked.snapshot);
    expect(play(asked, { type: "approve" }).snapshot).toBe(asked.snapshot);
    expect(play(asked, { type: "answer", open: 0 }).state).toBe("working.planning");
    expect(play(blocked("human_action"), { type: "resume" }).state).toBe("working.planning");
  });
});

describe("a deadline", () => {
  it("is kept over a restart: what is left of it is waited for, and what is overdue is due at once", () => {
    const { context } = waiting("plan_approval", block);
    const memory = memoryOf(context);
    const later = enter({ ...memory, now: asksAt + 0.75 * hour, settings: block });
    expect(later.state).toBe("waiting.approval");
    expect(later.timer?.delayMs).toBe(0.25 * hour);
    const overdue = enter({ ...memory, now: asksAt + 9 * hour, settings: block });
    expect(overdue.timer?.delayMs).toBe(0);
    expect(play(overdue, "timer").state).toBe("blocked");
  });

  it("is left as it is by a command, which knows no rule", () => {
    const { context } = waiting("plan_approval", block);
    const entered = enter({ ...memoryOf(context), now: asksAt + 9 * hour });
    expect(entered.context.wait).toEqual(context.wait);
    expect(play(entered, { type: "approve" }).context.wait).toBeUndefined();
  });

  it("follows the rule of the run that enters, counted from when the wait began", () => {
    const { context } = waiting("qa_answers", remind);
    const again = (settings: Partial<SessionSettings>, now = asksAt + hour) =>
      enter({ ...memoryOf(context), now, settings }).context.wait;
    expect(again(suggest)).toMatchObject({ since: asksAt, answerBy: asksAt + 8 * hour });
    expect(again({ patience: {} })).toEqual({ since: asksAt });
    expect(again(remind)).toEqual(context.wait);
  });

  it("begins again with each wait", () => {
    const asked = waiting("qa_answers", suggest);
    const more = play(
      asked,
      { type: "answer", open: 0 },
      {
        type: "signal.waiting",
        for: "qa_answers",
        at: asksAt + hour,
      },
    );
    expect(more.context.wait).toMatchObject({ since: asksAt + hour, answerBy: asksAt + 9 * hour });
    const hold = { kind: "waiting", for: "qa_answers" } as const;
    const edited = play(asked, { type: "edit", phase: "planning", hold });
    expect(edited.context.wait?.takesSuggestions).toBeUndefined();
  });

  it.each([
    [
      "too early",
      { type: "unanswered", for: "qa_answers", remedy: "remind", at: asksAt + 2 * hour - 1 },
    ],
    [
      "for another wait",
      { type: "unanswered", for: "human_action", remedy: "remind", at: asksAt + 3 * hour },
    ],
    [
      "for another rule",
      { type: "unanswered", for: "qa_answers", remedy: "block", at: asksAt + 3 * hour },
    ],
  ] as const)("is not met by a word that comes %s", (_, event) => {
    const now = waiting("qa_answers", remind);
    expect(play(now, event).snapshot).toBe(now.snapshot);
  });

  it("goes by unnoticed where a person was quicker", () => {
    const clock = new SimulatedClock();
    const input = { phase: "planning", settings: suggest } as const;
    const actor = createActor(sessionMachine, { input, clock }).start();
    actor.send({ type: "signal.waiting", for: "qa_answers" });
    actor.send({ type: "resume" });
    clock.increment(9 * hour);
    expect(formatState(actor.getSnapshot().value)).toBe("working.planning");
  });

  it("comes by itself, not a moment too early", () => {
    const clock = new SimulatedClock();
    const input = { phase: "planning", settings: block } as const;
    const actor = createActor(sessionMachine, { input, clock }).start();
    actor.send({ type: "signal.waiting", for: "plan_approval" });
    clock.increment(hour - 1);
    expect(formatState(actor.getSnapshot().value)).toBe("waiting.approval");
    clock.increment(1);
    expect(formatState(actor.getSnapshot().value)).toBe("blocked");
  });

  it("stands in the overview with what is done then, as long as somebody is waited for", () => {
    const { status } = parseOverview("# Session\n\n## Status\nPhase: planning\n");
    const lineOf = ({ context }: ReturnType<typeof enter>) =>
      statusChanges(context, status).answerBy;
    const asked = waiting("qa_answers", suggest);
    expect(lineOf(asked)).toMatch(
      /^1970-01-01T\d\d:16:45\.000[+-]\d\d:\d\d, then the suggestions count$/,
    );
    expect(lineOf(waiting("qa_answers", remind))).toMatch(/, then a reminder$/);
    expect(lineOf(waiting("plan_approval", block))).toMatch(/, then it is blocked$/);
    expect(lineOf(waiting("qa_answers"))).toBeNull();
    expect(lineOf(play(asked, "timer"))).toBeNull();
    expect(lineOf(play(asked, { type: "answer", open: 0 }))).toBeNull();
  });
});
