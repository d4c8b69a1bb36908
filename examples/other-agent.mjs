// Takes a task to its end with an agent that is a shell command. Run: node examples/other-agent.mjs FOLDER TASK COMMAND
// The command runs once for each phase, with SAMOCODE_PHASE set, and prints its signal: {"status": "continue", …}
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createInterface } from "node:readline/promises";
import { findSignalProblem, formatState, parseSignal, sessionMachine } from "@samocode/core";
import { formatOverview } from "@samocode/core/overview";
import { createRecord, formatMoment, openStore } from "@samocode/core/store";
import { runSession } from "@samocode/runner";
import { decide } from "@samocode/session";
import { initialTransition } from "xstate";

const [folder = "session", task = "Say hello.", command = "false"] = process.argv.slice(2);
const store = openStore(folder);
if (!store.exists()) {
  const at = Date.now();
  const [created] = initialTransition(sessionMachine, { now: at, settings: { maxIterations: 0 } });
  store.create(
    formatOverview({ name: "example", started: formatMoment(at), workingDir: process.cwd(), task }),
    createRecord(
      { seq: 1, at, event: "created", from: formatState(created.value), iteration: 0 },
      created,
    ),
  );
}

/** @type {import("@samocode/runner").Hands["runAgent"]} */
const runAgent = async (_effect, session) => {
  const { phase, iteration, problem = "" } = session.snapshot().context;
  const env = { ...process.env, SAMOCODE_PHASE: phase, SAMOCODE_PROBLEM: problem, TASK: task };
  try {
    const { stdout } = await promisify(execFile)("sh", ["-c", command], { env });
    const wrong = findSignalProblem(stdout, { phase, iteration });
    if (wrong !== undefined) return { event: { type: "signal.invalid", problem: wrong } };
    const { status, ...signal } = parseSignal(stdout);
    return { event: /** @type {any} */ ({ type: `signal.${status}`, ...signal }) };
  } catch (error) {
    return { event: { type: "agent.failed", message: String(error), canRetry: false } };
  }
};

const terminal = createInterface({ input: process.stdin });
const lines = terminal[Symbol.asyncIterator]();
process.exitCode = await runSession({
  store,
  hands: { runAgent, runTests: async () => ({ event: { type: "tests.passed" } }) },
  settings: {},
  timeoutMs: 60_000,
  wait: false,
  acceptSuggestions: true,
  async ask(state) {
    if (state !== "waiting.approval") return "later";
    console.log("approve the plan? [y/N]");
    const { value } = await lines.next();
    if (value !== "y") return "later";
    await decide(store, { type: "approve", by: "terminal" });
    return "decided";
  },
  cancel: new AbortController().signal,
  tell: (event) => event.type === "session.moved" && console.log(`${event.event}: ${event.to}`),
});
terminal.close();
