import { once } from "node:events";
import { join } from "node:path";
import { findSignalProblem, isPhase } from "@samocode/core";
import { openStore, writeOwnFile, type Store } from "@samocode/core/store";
import { readAsked, IterationPlan, type AnswerMarks } from "@samocode/session";
import { formatMendMessage } from "../texts/prompt.ts";
import { formatRefusal, readRefusals, refusalsFile } from "./refusal.ts";

// The program of the Stop hook: the CLI runs it when an agent means to stop. It prints nothing if the
// agent's signal can be taken, else the decision that makes the agent continue and repair it.

/** So often in one run of an agent; after that it may stop, and the runner sees to it. */
const maxRefusals = 2;

async function main(): Promise<void> {
  try {
    // The CLI writes to it; not to read it could cost the CLI a broken pipe, and us our answer.
    process.stdin.resume();
    await once(process.stdin, "end");
    const decision = decide(process.env);
    if (decision !== undefined) process.stdout.write(decision);
  } catch (error) {
    // An agent must never be kept from stopping by a fault of ours.
    process.stderr.write(`samocode cannot check the signal: ${String(error)}\n`);
  }
}

function decide(env: NodeJS.ProcessEnv): string | undefined {
  const sessionFolder = env["SAMOCODE_SESSION"] ?? "";
  const phase = env["SAMOCODE_PHASE"];
  const iteration = Number(env["SAMOCODE_ITERATION"]);
  const runId = env["SAMOCODE_RUN_ID"] ?? "";
  const store = openStore(sessionFolder);
  if (
    !isPhase(phase) ||
    !Number.isSafeInteger(iteration) ||
    !/^[\w-]+$/.test(runId) ||
    !store.exists()
  ) {
    throw new Error(
      "expected SAMOCODE_SESSION, SAMOCODE_PHASE, SAMOCODE_ITERATION and SAMOCODE_RUN_ID of a session",
    );
  }
  const text = store.readSignal();
  const askProblem = (): string | undefined => readAsked(store, readMarks(store)).problem;
  const problem = findSignalProblem(text, { phase, iteration, askProblem });
  if (problem === undefined) return undefined;

  const file = join(sessionFolder, refusalsFile(runId));
  if (readRefusals(sessionFolder, runId).length >= maxRefusals) return undefined;
  writeOwnFile(file, formatRefusal(problem, text, new Date()), { append: true, mode: 0o600 });
  const reason = formatMendMessage({ error: problem, sessionFolder, phase, iteration });
  return JSON.stringify({ decision: "block", reason });
}

/** The questions that were answered when the iteration began, as its record says. */
function readMarks(store: Store): AnswerMarks | undefined {
  const { state } = store.readHistoryTail();
  return IterationPlan.safeParse(state?.["plan"]).data?.answered;
}

void main();
