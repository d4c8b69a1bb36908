// Ask the statechart what may happen next, and step through it. Run: node examples/library.js
import { formatState, sessionMachine } from "@samocode/core";
import { getNextTransitions, initialTransition, transition } from "xstate";

let [session] = initialTransition(sessionMachine, {});
console.log("starts in", formatState(session.value));

for (const event of [
  { type: "signal.continue", phase: "planning" },
  { type: "signal.continue", phase: "implementation" },
  { type: "approve", by: "ada" },
] as const) {
  const may = new Set(getNextTransitions(session).map(({ eventType }) => eventType));
  console.log("may follow:", [...may].filter((type) => !type.startsWith("xstate.")).join(", "));
  [session] = transition(sessionMachine, session, event);
  console.log(event.type, "→", formatState(session.value));
}
