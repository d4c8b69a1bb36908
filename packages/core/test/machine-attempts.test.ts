import { describe, expect, it } from "vitest";
import { secondTries, type SecondTry } from "../src/workflow/second-try.ts";
import { phaseRules, phases } from "../src/workflow/phase.ts";
import { emptyMemory, memoryOf } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { enter, play, type Played } from "./support/session-play.ts";

const message = "it says why";
const failed: SessionEvent = { type: "agent.failed", message, canRetry: true };
const hopeless: SessionEvent = { type: "agent.failed", message, canRetry: false };
const limited: SessionEvent = { type: "agent.limited", message };
const lost: SessionEvent = { type: "agent.lost", message };
const invalid: SessionEvent = { type: "signal.invalid", problem: "it is empty" };
const once = (secondTry: SecondTry): SessionEvent => ({
  type: "agent.failed",
  message,
  canRetry: false,
  secondTry,
});

/** How an attempt can end without an answer, and the state that each end leads to. */
const fruitless: readonly (readonly [string, SessionEvent, string])[] = [
  ["a failure", failed, "retrying"],
  ["a time limit", { type: "agent.timedOut", message }, "retrying"],
  ["a stall", { type: "agent.stalled", message }, "retrying"],
  ["a usage limit", limited, "limited"],
  ["a lost agent", lost, "working"],
  ["a fault of one conversation", once("conversation"), "retrying"],
  ["a login that is being renewed", once("login"), "retrying"],
];

const countsOf = ({ context }: Played) => Object.values(context.counts);
const waits = ({ state }: Played) => state === "retrying" || state === "limited";
const goOn = (now: Played) => (waits(now) ? play(now, "timer") : now);

const delayMs = (failures: number, retryDelayMs: number) =>
  play(enter({ failures, settings: { maxRetries: 5000, retryDelayMs } }), failed).timer?.delayMs;

describe.each(phases)("in %s", (phase) => {
  const { maxIterations } = phaseRules[phase];
  const counts = { ...emptyMemory.counts, [phase]: maxIterations - 1 };

  it.each(fruitless)("%s uses up neither its last iteration nor the run's", (_, event, to) => {
    const begun = enter({ phase, counts, settings: { maxIterations: 1 } });
    expect(begun.context).toMatchObject({ iterationsOfRun: 1, iteration: 1 });
    const ended = play(begun, event);
    expect(ended.state.split(".")[0]).toBe(to);
    const again = goOn(ended);
    expect(again.state).toBe(`working.${phase}`);
    expect(again.context.counts[phase]).toBe(maxIterations);
    expect(again.context).toMatchObject({ iterationsOfRun: 1, iteration: 2, attempt: "fresh" });
  });

  it.each(fruitless)("%s of an adopted agent is not counted by the run that adopts", (_, event) => {
    const adopted = enter({ phase, counts, iteration: 4, inFlight: true });
    const again = goOn(play(adopted, event));
    expect(again.context).toMatchObject({ iterationsOfRun: 1, iteration: 5 });
    expect(again.context.counts[phase]).toBe(maxIterations - 1);
  });

  it.each(fruitless)("%s that ends a repair gives the iteration back as well", (_, event) => {
    const repairing = play(enter({ phase, counts }), invalid);
    expect(repairing.context).toMatchObject({ attempt: "mend" });
    const again = goOn(play(repairing, event));
    expect(again.state).toBe(`working.${phase}`);
    expect(again.context).toMatchObject({ attempt: "fresh", problem: undefined });
    expect(again.context.counts[phase]).toBe(maxIterations);
  });
});

describe("an iteration in which an agent worked counts", () => {
  it.each<[string, SessionEvent]>([
    ["answered", { type: "signal.continue" }],
    ["was interrupted in its work", { type: "agent.interrupted", message }],
    ["had no turns left", { type: "agent.outOfTurns", message }],
    ["had no money left", { type: "agent.overBudget", message }],
    ["left an overview that cannot be read", { type: "overview.unreadable", message }],
  ])("when it %s", (_, event) => {
    const now = play(enter({ phase: "testing", settings: { maxIterations: 1 } }), event);
    expect(now.context.counts.testing).toBe(1);
    expect(now.context.iterationsOfRun).toBe(1);
  });
});

describe("attempts without an answer", () => {
  it("never bring a count below nothing", () => {
    const adopted = enter({ phase: "testing", inFlight: true, iteration: 1 });
    const now = play(adopted, lost);
    expect(Math.min(...countsOf(now))).toBe(0);
    expect(now.context.counts.testing).toBe(1);
    expect(play(adopted, failed).context.iterationsOfRun).toBe(0);
  });

  it("are bounded by the retry count, the lost ones too", () => {
    const three = play(enter(), lost, lost, lost);
    expect(three.state).toBe("working.investigation");
    expect(three.context.failures).toBe(3);
    expect(play(three, lost).state).toBe("failed");
    expect(play(enter({ settings: { maxRetries: 0 } }), lost).state).toBe("failed");
  });

  it("are still counted when an answer in between could not be taken", () => {
    const now = goOn(play(goOn(play(enter(), failed)), invalid, failed));
    expect(now.context.failures).toBe(2);
    expect(play(now, { type: "signal.continue" }).context.failures).toBe(0);
  });

  it("are spaced by at most an hour, or by the first delay if that is longer", () => {
    expect(delayMs(1, 1_800_000)).toBe(3_600_000);
    expect(delayMs(2, 1_800_000)).toBe(3_600_000);
    expect(delayMs(2000, 5000)).toBe(3_600_000);
    expect(delayMs(3, 7_200_000)).toBe(7_200_000);
  });
});

describe.each(secondTries)("what a single further try may cure: %s", (secondTry) => {
  const other = secondTries.find((each) => each !== secondTry) ?? secondTry;

  it("is tried once more after the first delay, and blocks the second time", () => {
    const ended = play(enter({ phase: "testing", failures: 2 }), once(secondTry));
    expect(ended.timer?.delayMs).toBe(5000);
    expect(ended.context).toMatchObject({ failures: 2, secondTries: [secondTry] });
    const now = play(ended, "timer", once(secondTry));
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toMatchObject({ reason: message, needs: "error_resolution" });
  });

  it("is tried even when no other retry is left", () => {
    expect(play(enter({ failures: 3 }), once(secondTry)).state).toBe("retrying");
  });

  it("is not tried by a run that tries nothing again", () => {
    expect(play(enter({ settings: { maxRetries: 0 } }), once(secondTry)).state).toBe("blocked");
    expect(play(enter({ settings: { maxRetries: 1 } }), once(secondTry)).state).toBe("retrying");
  });

  it("is not tried again after another failure, and the other kind is", () => {
    const again = goOn(play(goOn(play(enter(), once(secondTry))), failed));
    expect(play(again, once(secondTry)).state).toBe("blocked");
    const both = play(again, once(other));
    expect(both.state).toBe("retrying");
    expect(both.context.secondTries).toEqual([secondTry, other]);
  });

  it("is tried again after an answer, after a rest, and when a human resumes", () => {
    const tried = goOn(play(enter(), once(secondTry)));
    const answered = play(tried, { type: "signal.continue" });
    expect(play(answered, once(secondTry)).state).toBe("retrying");
    const resumed = play(tried, once(secondTry), { type: "resume" });
    expect(play(resumed, once(secondTry)).state).toBe("retrying");
    const rested = play(tried, { type: "agent.interrupted", message });
    expect(rested.context.secondTries).toBeUndefined();
  });

  it("is remembered over a restart, and by an invalid signal", () => {
    const tried = play(goOn(play(enter(), once(secondTry))), invalid);
    expect(memoryOf(tried.context).secondTries).toEqual([secondTry]);
  });
});

it("what no further try can cure blocks at once", () => {
  expect(play(enter(), hopeless).state).toBe("blocked");
});

describe("a usage limit", () => {
  const at = Date.UTC(2026, 10, 30);
  const again = (now: Played, until?: number): Played =>
    play(now, { type: "agent.limited", message, at, ...(until !== undefined && { until }) });

  it("whose reset is not known is asked again after minutes, later each hour, without retries", () => {
    let now = again(enter({ now: at }));
    const minutes = [];
    for (let asked = 0; asked < 12; asked += 1) {
      minutes.push((now.timer?.delayMs ?? 0) / 60_000);
      now = again(play(now, "timer"));
    }
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60]);
    expect(now.context).toMatchObject({ failures: 0, limits: 13 });
  });

  it("is counted from its start again after an answer, a failure and a resume", () => {
    const twice = again(play(again(enter({ now: at })), "timer"));
    expect(twice.context.limits).toBe(2);
    expect(memoryOf(twice.context).limits).toBe(2);
    const asked = play(twice, "timer");
    for (const event of [{ type: "signal.continue" }, failed] as const) {
      expect(play(asked, event).context.limits).toBeUndefined();
    }
    const resumed = play(twice, { type: "resume" });
    expect(resumed.context).toMatchObject({ limits: undefined, limitedUntil: undefined });
  });

  it("that no calendar can hold, left by an earlier version, keeps nobody waiting", () => {
    for (const limitedUntil of [1e18, 1e308, at + 9 * 86_400_000, -1, Number.NaN]) {
      const now = enter({ limitedUntil, now: at });
      expect(now.state).toBe("working.investigation");
      expect(now.context.limitedUntil).toBeUndefined();
    }
    expect(enter({ limitedUntil: at + 7 * 86_400_000, now: at }).state).toBe("limited");
  });
});
