import { createActor, fromCallback, SimulatedClock } from "xstate";
import { describe, expect, it } from "vitest";
import { sessionMachine } from "../src/machine/machine.ts";
import type { SessionContext } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { formatState } from "../src/machine/session-state.ts";
import { createPaths, pathInput } from "./support/paths.ts";
import { enter, play } from "./support/session-play.ts";
import { stateNames } from "./support/situations.ts";

const paths = createPaths();

/** A running session whose agent and tests say what the walker tells them to say. */
function createSession() {
  const clock = new SimulatedClock();
  const running: string[] = [];
  let answer: ((event: SessionEvent) => void) | undefined;
  const scripted = (name: string) =>
    fromCallback<SessionEvent, SessionContext>(({ sendBack }) => {
      running.push(name);
      answer = sendBack;
      return () => {
        running.splice(running.indexOf(name), 1);
        answer = undefined;
      };
    });
  const actor = createActor(
    sessionMachine.provide({ actors: { agent: scripted("agent"), tests: scripted("tests") } }),
    { input: pathInput, clock },
  );
  return {
    actor: actor.start(),
    running,
    happen: (event: SessionEvent | "timer"): void => {
      if (event === "timer") clock.increment(60_000);
      else if (answer !== undefined && event.type !== "stop") answer(event);
      else actor.send(event);
    },
  };
}

describe("the end of a session", () => {
  it("leaves what was built, in how many iterations and for how much", () => {
    const { actor, happen } = createSession();
    happen({ type: "signal.continue", phase: "planning", costUsd: 1 });
    actor.send({ type: "edit", phase: "done" });
    actor.send({ type: "approve" });
    actor.send({ type: "edit", phase: "done" });
    happen({ type: "signal.done", summary: "JWT login", costUsd: 0.5 });
    expect(actor.getSnapshot().output).toEqual({
      summary: "JWT login",
      iterations: 4,
      costUsd: 1.5,
    });
    expect(
      createActor(sessionMachine, { input: { finished: true } })
        .start()
        .getSnapshot().output,
    ).toEqual({
      iterations: 0,
      costUsd: 0,
    });
  });
});

describe("the shortest paths", () => {
  it("reach every state of the statechart", () => {
    const reached = new Set(paths.flatMap(({ steps }) => steps.map(({ to }) => to)));
    expect(stateNames.filter((state) => !reached.has(state))).toEqual([]);
  });

  it.each(paths)("to $name are what the pure machine decides", ({ steps }) => {
    let now = enter(pathInput);
    for (const { event, to } of steps) {
      now = play(now, event);
      expect(now.state).toBe(to);
    }
  });

  it.each(paths)("to $name are walked by an actor, with one agent at most", ({ steps }) => {
    const { actor, running, happen } = createSession();
    for (const { event, to } of steps) {
      happen(event);
      const snapshot = actor.getSnapshot();
      expect(formatState(snapshot.value)).toBe(to);
      const actors = Object.keys(actor.getSnapshot().children);
      const expected = [...snapshot.tags].filter((tag) => tag === "agent" || tag === "tests");
      expect(actors).toEqual(expected);
      expect(running).toEqual(expected);
    }
    actor.stop();
  });
});

describe("time", () => {
  const stalled: SessionEvent = { type: "agent.stalled", message: "900 s" };

  it("lets a failed iteration be tried again by itself, not a moment too early", () => {
    const clock = new SimulatedClock();
    const actor = createActor(sessionMachine, { input: {}, clock }).start();
    actor.send(stalled);
    clock.increment(4999);
    expect(actor.getSnapshot().value).toBe("retrying");
    clock.increment(1);
    expect(actor.getSnapshot().value).toEqual({ working: "investigation" });
  });

  it("ends a limit by itself, also for a session that is entered in the middle of it", () => {
    const clock = new SimulatedClock();
    const input = { limitedUntil: 90_000, now: 80_000 };
    const actor = createActor(sessionMachine, { input, clock }).start();
    clock.increment(9999);
    expect(actor.getSnapshot().value).toBe("limited");
    clock.increment(1);
    expect(actor.getSnapshot().value).toEqual({ working: "investigation" });
  });

  it("goes by unnoticed where a person was quicker", () => {
    const clock = new SimulatedClock();
    const actor = createActor(sessionMachine, { input: {}, clock }).start();
    actor.send(stalled);
    actor.send({ type: "resume" });
    clock.increment(60_000);
    expect(actor.getSnapshot().context.iteration).toBe(2);
  });
});
