// Unit tests of the statechart, with nothing but node:test. Run: node --test examples/transitions.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatState, phases, sessionMachine } from "@samocode/core";
import { serializeSession, sessionEvents, sessionModel } from "@samocode/core/testing";
import { createActor, fromCallback, initialTransition, SimulatedClock, transition } from "xstate";
import { createTestModel, getShortestPaths } from "xstate/graph";

/** @typedef {import("@samocode/core").SessionEvent} SessionEvent */
/** @typedef {import("@samocode/core").SessionInput} SessionInput */

/** The session after these events. @param {SessionInput} input @param {SessionEvent[]} events */
function play(input, ...events) {
  let [session] = initialTransition(sessionMachine, input);
  for (const event of events) [session] = transition(sessionMachine, session, event);
  return session;
}
const stateOf = (/** @type {import("@samocode/core").SessionSnapshot} */ { value }) =>
  formatState(value);
const plan = /** @type {const} */ ({ type: "signal.waiting", for: "plan_approval" });

test("a session begins with the investigation", () => {
  assert.equal(stateOf(play({})), "working.investigation");
});
test("a plan waits for a human", () => {
  assert.equal(stateOf(play({ phase: "planning" }, plan)), "waiting.approval");
});
test("no signal opens the gate", () => {
  for (const phase of phases) {
    const session = play({ phase: "planning" }, plan, { type: "signal.continue", phase });
    assert.equal(stateOf(session), "waiting.approval");
  }
});
test("an approval opens it, and is remembered", () => {
  const session = play({ phase: "planning" }, plan, { type: "approve", by: "ada" });
  assert.equal(stateOf(session), "working.implementation");
  assert.equal(session.context.approval?.by, "ada");
});
test("a rejection goes back to planning with the feedback", () => {
  const session = play({ phase: "planning" }, plan, { type: "reject", feedback: "smaller steps" });
  assert.equal(stateOf(session), "working.planning");
  assert.match(JSON.stringify(session.context.notes), /smaller steps/);
});
test("an invalid signal is repaired once, then blocks", () => {
  const invalid = /** @type {const} */ ({ type: "signal.invalid", problem: "it is empty" });
  const once = play({}, invalid);
  assert.deepEqual([stateOf(once), once.context.attempt], ["working.investigation", "mend"]);
  assert.equal(stateOf(play({}, invalid, invalid)), "blocked");
});
test("a failure that passes is retried after a while", () => {
  const actor = createActor(sessionMachine.provide({ actors: { agent: fromCallback(() => {}) } }), {
    input: {},
    clock: new SimulatedClock(),
  }).start();
  actor.send({ type: "agent.failed", message: "overloaded", canRetry: true });
  assert.equal(stateOf(actor.getSnapshot()), "retrying");
  actor.send({ type: "wake", at: Number.MAX_SAFE_INTEGER });
  assert.equal(stateOf(actor.getSnapshot()), "working.investigation");
});
test("the end can be reached, and never without an approval", () => {
  const events = sessionEvents.filter(({ type }) => type !== "edit" && type !== "resume");
  const paths = getShortestPaths(sessionModel, {
    events,
    serializeState: serializeSession,
    input: { settings: { maxRetries: 1 } },
  });
  const ends = paths.filter(({ state }) => stateOf(state) === "finished");
  assert.ok(ends.length > 0);
  for (const { steps } of ends) assert.ok(steps.some(({ event }) => event.type === "approve"));
});
test("every way to wait is a state that the model reaches", () => {
  const events = sessionEvents.filter(({ type }) => type.startsWith("signal."));
  const model = createTestModel(sessionModel, { events, serializeState: serializeSession });
  const reached = new Set(model.getShortestPaths({ input: {} }).map(({ state }) => stateOf(state)));
  for (const wait of ["answers", "approval", "file", "action"])
    assert.ok(reached.has(`waiting.${wait}`));
});
