// See an actor of the statechart on samocode's page, and decide there for it. Run: node examples/inspect.mjs
//
// With --stately it shows itself to Stately's inspector instead: `npm install @statelyai/inspect` first. That page
// is at stately.ai and not in the package, so what happens to your actor goes there; and the relay that the package
// starts listens on all interfaces of your machine.
import { formatState, sessionMachine } from "@samocode/core";
import { createActor, fromCallback, waitFor } from "xstate";

/**
 * What the agent of each phase answers. It is one of your own: here it only takes its time.
 * @type {Record<import("@samocode/core").Phase, import("@samocode/core").SignalEvent>}
 */
const answers = {
  investigation: { type: "signal.continue", phase: "planning" },
  planning: { type: "signal.waiting", for: "plan_approval" },
  implementation: { type: "signal.continue", phase: "testing" },
  testing: { type: "signal.continue", phase: "quality" },
  quality: { type: "signal.continue", phase: "done" },
  done: { type: "signal.done", summary: "Shown." },
};
/** @type {import("xstate").CallbackActorLogic<import("@samocode/core").SessionEvent, import("@samocode/core").SessionContext>} */
const agent = fromCallback(({ input, sendBack }) => {
  const timer = setTimeout(() => sendBack(answers[input.phase]), 1000);
  return () => clearTimeout(timer);
});

const watch = process.argv.includes("--stately") ? await openStately() : await openPage();
const actor = createActor(sessionMachine.provide({ actors: { agent } }), {
  id: "example",
  input: {},
  inspect: watch.inspect,
});
actor.subscribe(({ value }) => console.log(formatState(value)));
actor.start();

// A person approves on the page, or the machine waits forever.
await waitFor(actor, ({ status }) => status === "done", { timeout: Infinity });
await watch.close();

async function openPage() {
  const { createActorInspector } = await import("@samocode/inspect");
  const page = await createActorInspector();
  console.log(page.link());
  return page;
}

async function openStately() {
  const { createWebSocketInspector } = await import("@statelyai/inspect");
  const { createInspectorServer } = await import("@statelyai/inspect/server");
  const relay = createInspectorServer();
  const { inspect, stop } = createWebSocketInspector({
    url: "ws://localhost:8080",
    // Prompts of agents stay here. An agent has no context.
    sanitizeContext: (context) => ({ phase: context?.["phase"], hold: context?.["hold"] }),
  });
  const close = async () => {
    stop();
    relay.stop();
  };
  return { inspect, close };
}
