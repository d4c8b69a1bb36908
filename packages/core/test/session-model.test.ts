import { initialTransition, transition } from "xstate";
import { createTestModel, getShortestPaths } from "xstate/graph";
import { expect, it } from "vitest";
import { sessionMachine } from "../src/machine/machine.ts";
import { formatState } from "../src/machine/session-state.ts";
import { sessionEvents } from "../src/testing/sample-events.ts";
import { serializeSession, sessionModel } from "../src/testing/session-model.ts";
import { stateNames } from "./support/situations.ts";

const input = { settings: { verifies: true, maxRetries: 1 } };
const events = sessionEvents.filter(({ type }) => type !== "edit" && type !== "resume");

it("is a model that createTestModel takes, and that reaches every state", () => {
  const model = createTestModel(sessionModel, { events, serializeState: serializeSession });
  const paths = model.getShortestPaths({ input });
  const states = paths.flatMap(({ steps, state }) => [...steps.map((step) => step.state), state]);
  const reached = new Set(states.map(({ value }) => formatState(value)));
  expect(stateNames.filter((name) => !reached.has(name))).toEqual([]);
});

it("decides as the machine does, along every shortest path", () => {
  const paths = getShortestPaths(sessionMachine, {
    events,
    input,
    serializeState: serializeSession,
  });
  expect(paths.length).toBeGreaterThan(30);
  for (const { steps } of paths) {
    let [machine] = initialTransition(sessionMachine, input);
    let [model] = initialTransition(sessionModel, input);
    for (const { event } of steps.slice(1)) {
      [machine] = transition(sessionMachine, machine, event);
      [model] = transition(sessionModel, model, event);
      expect(serializeSession(model)).toBe(serializeSession(machine));
      expect(model.context).toEqual(machine.context);
    }
  }
});
