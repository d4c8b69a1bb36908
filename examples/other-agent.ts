// Run a session folder with an agent that is not Claude: here it is a function that agrees to everything.
// Run: node examples/other-agent.js SESSION_FOLDER
import { openStore, phaseRules, type PhaseRule, type SessionEvent } from "@samocode/core";
import { runSession } from "@samocode/runner";

const [, , folder = "."] = process.argv;

const exitCode = await runSession({
  store: openStore(folder),
  hands: {
    runAgent: async (_effect, session) => {
      const { phase } = session.snapshot().context;
      const rule: PhaseRule = phaseRules[phase];
      const [next] = rule.next;
      const event: SessionEvent =
        next === undefined
          ? { type: "signal.done", summary: "nothing was left to do" }
          : { type: "signal.continue", phase: next };
      return { event };
    },
    runTests: async () => ({ event: { type: "tests.passed" } }),
  },
  settings: {},
  timeoutMs: 60_000,
  wait: false,
  acceptSuggestions: false,
  cancel: new AbortController().signal,
  tell: (event) => console.log(event.type),
});
process.exitCode = exitCode;
