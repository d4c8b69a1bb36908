// Ask the statechart what may happen next, and step through it. Run: node examples/library.mjs
import { formatState, sessionMachine } from "@samocode/core";
import { getNextTransitions, initialTransition, transition } from "xstate";

/** @type {import("@samocode/core").SessionEvent[]} */
const events = [
  { type: "signal.continue", phase: "planning" },
  { type: "signal.continue", phase: "implementation" },
  { type: "approve", by: "ada" },
];

let [session] = initialTransition(sessionMachine, {});
console.log("starts in", formatState(session.value));

for (const event of events) {
  const may = new Set(getNextTransitions(session).map(({ eventType }) => eventType));
  console.log("may follow:", [...may].filter(Boolean).join(", "));
  [session] = transition(sessionMachine, session, event);
  console.log(event.type, "→", formatState(session.value));
}
