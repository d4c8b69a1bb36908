import { describe, expect, it } from "vitest";
import { emptyMemory } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { enter, play } from "./support/session-play.ts";

const stalled = (jitter = 0): SessionEvent => ({ type: "agent.stalled", message: "900 s", jitter });
const failed = (canRetry: boolean): SessionEvent => ({
  type: "agent.failed",
  message: "the CLI is not logged in",
  canRetry,
});
const limited = (until: number, at: number): SessionEvent => ({
  type: "agent.limited",
  message: "five hours",
  until,
  at,
});

describe("a failed iteration", () => {
  it.each<SessionEvent>([failed(true), stalled(), { type: "agent.timedOut", message: "1800 s" }])(
    "that may be tried again is tried again after a while: $type",
    (event) => {
      const now = play(enter({ phase: "testing" }), event);
      expect(now.state).toBe("retrying");
      expect(now.timer?.delayMs).toBe(5000);
      const again = play(now, "timer");
      expect(again.state).toBe("working.testing");
      expect(again.started).toEqual(["agent"]);
      expect(again.context).toMatchObject({ iteration: 2, failures: 1, attempt: "fresh" });
    },
  );

  it("is tried again after a time that doubles", () => {
    const delays = [];
    let now = enter({ settings: { maxRetries: 4, retryDelayMs: 1000 } });
    for (let failure = 0; failure < 4; failure += 1) {
      now = play(now, stalled());
      delays.push(now.timer?.delayMs);
      now = play(now, "timer");
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000]);
  });

  it.each([
    [0, 5000],
    [0.5, 5625],
    [1, 6250],
  ])("is spread by jitter %d to %d ms", (jitter, delayMs) => {
    expect(play(enter(), stalled(jitter)).timer?.delayMs).toBe(delayMs);
  });

  it("ends the run after all retries, and the next run tries again", () => {
    const now = play(
      enter(),
      stalled(),
      "timer",
      stalled(),
      "timer",
      stalled(),
      "timer",
      stalled(),
    );
    expect(now.state).toBe("failed");
    expect(now.context).toMatchObject({ iteration: 4, failures: 0 });
    expect(play(now, { type: "resume" }).state).toBe("working.investigation");
    expect(enter({ iteration: 4 }).context.iteration).toBe(5);
  });

  it("is forgotten when an agent answers", () => {
    const now = play(enter(), stalled(), "timer", { type: "signal.continue" });
    expect(now.context.failures).toBe(0);
  });

  it("that is hopeless blocks at once", () => {
    const now = play(enter(), failed(false));
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toEqual({
      kind: "blocked",
      reason: "the CLI is not logged in",
      needs: "error_resolution",
    });
  });

  it("keeps what the agent was told, for the next one", () => {
    const notes = [{ about: "The plan was rejected, with this feedback:", text: "too large" }];
    const now = play(enter({ phase: "planning", notes }), stalled(), "timer");
    expect(now.context.notes).toEqual(notes);
    expect(play(now, { type: "signal.continue" }).context.notes).toEqual([]);
  });

  it("is tried at once where a person resumes", () => {
    expect(play(enter(), stalled(), { type: "resume" }).state).toBe("working.investigation");
  });

  it("is not waited out by a run that was asked to stop", () => {
    expect(play(enter(), { type: "stop" }, stalled()).state).toBe("paused");
    const last = { maxIterations: 1 };
    expect(play(enter({ settings: last }), stalled()).state).toBe("retrying");
    const stopped = play(enter({ settings: last }), { type: "stop" }, stalled());
    expect(stopped.state).toBe("paused");
  });

  it("of which nothing is known is begun again", () => {
    const adopted = enter({ phase: "testing", iteration: 7, inFlight: true });
    expect(adopted.context).toMatchObject({ iteration: 7, attempt: "adopt" });
    const now = play(adopted, { type: "agent.lost", message: "no log" });
    expect(now.context).toMatchObject({ iteration: 8, attempt: "fresh", failures: 1 });
    expect(now.state).toBe("working.testing");
    expect(now.timer).toBeUndefined();
  });
});

describe("a subscription limit", () => {
  it("is waited out until it ends, and the session goes on by itself", () => {
    const now = play(enter({ phase: "testing" }), limited(90_000, 30_000));
    expect(now.state).toBe("limited");
    expect(now.timer?.delayMs).toBe(90_000);
    const after = play(now, "timer");
    expect(after.state).toBe("working.testing");
    expect(after.context.limitedUntil).toBeUndefined();
  });

  it("is waited out by a later run too, for the rest of the time", () => {
    const now = enter({ limitedUntil: 90_000, now: 80_000 });
    expect(now.state).toBe("limited");
    expect(now.started).toEqual([]);
    expect(now.timer?.delayMs).toBe(10_000);
    expect(play(now, "timer").state).toBe("working.investigation");
  });

  it("lasts for a run too that may start no iteration", () => {
    expect(enter({ limitedUntil: 90_000, settings: { maxIterations: 0 } }).state).toBe("limited");
  });

  it("that has ended keeps nobody waiting", () => {
    expect(enter({ limitedUntil: 90_000, now: 90_000 }).state).toBe("working.investigation");
  });

  it("stays known to a run that is interrupted meanwhile", () => {
    const now = play(enter(), limited(90_000, 0), { type: "agent.interrupted", message: "SIGINT" });
    expect(now.state).toBe("paused");
    expect(now.context.limitedUntil).toBe(120_000);
  });

  it("is forgotten where a person says to go on", () => {
    const now = play(enter(), limited(90_000, 0), { type: "resume" });
    expect(now.state).toBe("working.investigation");
    expect(now.context.limitedUntil).toBeUndefined();
  });

  it("counts as no failure", () => {
    expect(play(enter(), limited(9, 0)).context.failures).toBe(0);
  });

  it("is not waited out by a run that was asked to stop", () => {
    const adopted = enter({ inFlight: true, iteration: 1 });
    expect(play(adopted, { type: "stop" }, limited(90_000, 0)).state).toBe("paused");
    const now = play(enter(), { type: "stop" }, limited(90_000, 0));
    expect(now.state).toBe("paused");
    expect(now.timer).toBeUndefined();
    expect(now.context.limitedUntil).toBe(120_000);
  });
});

describe("the budget", () => {
  const settings = { budgetUsd: 5 };

  it("lets no iteration start once it is spent", () => {
    const now = play(enter({ settings }), { type: "signal.continue", costUsd: 5 });
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toEqual({
      kind: "blocked",
      needs: "human_decision",
      reason: "the budget of $5.00 is spent: $5.00",
    });
  });

  it("is the session's, not the run's", () => {
    expect(enter({ costUsd: 4.99, settings }).state).toBe("working.investigation");
    expect(enter({ costUsd: 5, settings }).state).toBe("blocked");
  });

  it("keeps a session blocked until a run has a larger one", () => {
    const now = play(enter({ costUsd: 5, settings }), { type: "resume" });
    expect(now.state).toBe("blocked");
    expect(enter({ costUsd: 5, settings: { budgetUsd: 6 } }).state).toBe("working.investigation");
  });

  it.each<SessionEvent>([
    { type: "agent.overBudget", message: "the iteration spent $5" },
    { type: "agent.outOfTurns", message: "300 turns" },
  ])("and the turns of one iteration ask a person: $type", (event) => {
    const now = play(enter(), event);
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toMatchObject({ needs: "human_decision" });
  });

  it("does not keep a finished session from being finished", () => {
    const now = play(enter({ phase: "done", settings }), {
      type: "signal.done",
      summary: "x",
      costUsd: 9,
    });
    expect(now.state).toBe("finished");
    expect(now.context.costUsd).toBe(9);
  });
});

describe("evidence", () => {
  const testing = enter({ phase: "testing", settings: { verifies: true } });
  const quality = enter({ phase: "quality", settings: { verifies: true } });
  const done: SessionEvent = { type: "signal.continue", phase: "done" };
  const red: SessionEvent = { type: "tests.failed", message: "1 failed" };

  it.each([
    [testing, "quality"],
    [testing, "done"],
    [quality, "done"],
  ] as const)("is asked for on the way out of testing and quality", (from, phase) => {
    const now = play(from, { type: "signal.continue", phase });
    expect(now.state).toBe("verifying");
    expect(now.started).toEqual(["tests"]);
    const after = play(now, { type: "tests.passed" });
    expect(after.state).toBe(`working.${phase}`);
    expect(after.context).toMatchObject({ iteration: 2 });
    expect(after.context.next).toBeUndefined();
  });

  it("is not asked for elsewhere, nor without a test command", () => {
    expect(play(testing, { type: "signal.continue", phase: "implementation" }).state).toBe(
      "working.implementation",
    );
    expect(play(quality, { type: "signal.continue", phase: "testing" }).state).toBe(
      "working.testing",
    );
    expect(play(enter({ phase: "testing" }), done).state).toBe("working.done");
  });

  it("that is red sends the agent back with the output", () => {
    const now = play(testing, done, red);
    expect(now.state).toBe("working.testing");
    expect(now.context.rework).toBe(1);
    expect(now.context.notes).toEqual([
      { about: "The runner ran the test command, and it failed:", text: "1 failed" },
    ]);
  });

  it("that is red a fourth time asks a person", () => {
    const now = play(testing, done, red, done, red, done, red, done, red);
    expect(now.state).toBe("blocked");
    expect(now.context).toMatchObject({ phase: "testing", rework: 3 });
    expect(now.context.hold).toMatchObject({ reason: "1 failed", needs: "error_resolution" });
    expect(now.context.notes).toMatchObject([{ text: "1 failed" }]);
    expect(play(now, { type: "resume" }).state).toBe("working.testing");
  });

  it("is gathered again by a run that comes after an interruption", () => {
    const now = play(testing, done, { type: "agent.interrupted", message: "SIGINT" });
    expect(now.state).toBe("paused");
    expect(now.context).toMatchObject({ phase: "testing", next: "done" });
    const again = enter({ phase: "testing", next: "done" });
    expect(again.state).toBe("verifying");
    expect(again.started).toEqual(["tests"]);
  });

  it("is not waited for where a person names another phase", () => {
    const paused = play(testing, done, { type: "agent.interrupted", message: "SIGINT" });
    expect(play(paused, { type: "resume" }).state).toBe("verifying");
    const now = play(paused, { type: "resume", phase: "implementation" });
    expect(now.state).toBe("working.implementation");
    expect(now.context.next).toBeUndefined();
  });

  it("is gathered to its end by a run that was asked to stop", () => {
    const now = play(testing, done, { type: "stop" }, { type: "tests.passed" });
    expect(now.state).toBe("paused");
    expect(now.context).toMatchObject({ phase: "done" });
  });

  it("does not let the session pass a limit", () => {
    const counts = { ...emptyMemory.counts, quality: 10 };
    const start = enter({ phase: "testing", counts, settings: { verifies: true } });
    const now = play(
      start,
      { type: "signal.continue", phase: "quality" },
      { type: "tests.passed" },
    );
    expect(now.state).toBe("blocked");
  });
});
