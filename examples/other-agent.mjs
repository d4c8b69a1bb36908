// Run a session folder with an agent that is not Claude: here it is a function that agrees to everything.
// Run: node examples/other-agent.mjs SESSION_FOLDER
import { phaseRules } from "@samocode/core";
import { openStore } from "@samocode/core/store";
import { runSession } from "@samocode/runner";

/** @type {import("@samocode/runner").Hands} */
const hands = {
  runAgent: async (_effect, session) => {
    const { phase } = session.snapshot().context;
    const [next] = phaseRules[phase].next;
    return next === undefined
      ? { event: { type: "signal.done", summary: "nothing was left to do" } }
      : { event: { type: "signal.continue", phase: next } };
  },
  runTests: async () => ({ event: { type: "tests.passed" } }),
};

process.exitCode = await runSession({
  store: openStore(process.argv[2] ?? "."),
  hands,
  settings: {},
  timeoutMs: 60_000,
  wait: false,
  acceptSuggestions: false,
  cancel: new AbortController().signal,
  tell: (event) => console.log(event.type),
});
