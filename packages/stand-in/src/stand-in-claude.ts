#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { isatty } from "node:tty";

import { type CallFacts, parsePrompt, readSteps } from "./scenario.ts";
import { parseArguments, type StandInArguments } from "./stand-in-arguments.ts";
import { claimNumber, findAlive, readCalls, writeCall } from "./stand-in-journal.ts";
import { createStream, VERSION } from "./stand-in-stream.ts";
import { type StandInRun, takeSteps } from "./stand-in-steps.ts";

/** Folder beside the scenario, with one folder for each conversation. */
const CONVERSATIONS = "conversations";

/** The stand-in for `claude -p`: plays the scenario that `STAND_IN_SCENARIO` names. */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const args = parseArguments(argv);
  if (args.version) {
    writeSync(1, `${VERSION} (Claude Code)\n`);
    return;
  }
  const scenario = process.env["STAND_IN_SCENARIO"];
  if (scenario === undefined)
    throw new Error("cannot play a scenario: `STAND_IN_SCENARIO` does not name a file");
  const run = startRun(dirname(scenario), argv, args);
  obeySignals(run);
  run.stream.init();
  try {
    await takeSteps(await readSteps(scenario, run.call), run);
  } catch (error) {
    fail(run, error);
  }
  if (run.stream.failed === undefined) run.stream.result();
  run.exit(run.stream.failed === true ? 1 : 0);
}

function startRun(folder: string, argv: readonly string[], args: StandInArguments): StandInRun {
  const prompt = readPrompt(args);
  const sessionId = openConversation(folder, args);
  const earlier = readCalls(folder);
  const number = claimNumber(folder);
  const told = parsePrompt(prompt);
  const resumed = earlier.findLast((call) => call.sessionId === sessionId);
  const call: CallFacts = {
    number,
    argv,
    cwd: process.cwd(),
    prompt,
    ...pickFacts(resumed),
    ...told,
  };
  const running = earlier.filter((other) => other.endedAt === undefined).map(({ pid }) => pid);
  writeCall(folder, {
    ...call,
    pid: process.pid,
    sessionId,
    startedAt: new Date().toISOString(),
    env: pickVariables(),
    alongside: findAlive(running),
  });
  const costFile = join(folder, CONVERSATIONS, sessionId, "cost");
  const stream = createStream(args, sessionId, readCost(costFile));
  return {
    call,
    args,
    sessionId,
    stream,
    ignored: new Set(),
    bash: undefined,
    started: (pid) => writeCall(folder, { number, started: [pid] }),
    exit: (exitCode) => {
      // As with the CLI, a process that is killed leaves no word of what it has cost.
      writeFileSync(costFile, String(stream.totalCostUsd));
      writeCall(folder, { number, endedAt: new Date().toISOString(), exitCode });
      process.exit(exitCode);
    },
  };
}

function readPrompt(args: StandInArguments): string {
  const piped = isatty(0) ? "" : readFileSync(0, "utf8");
  const prompt = [args.prompt ?? "", piped].filter((text) => text !== "").join("\n");
  if (prompt.trim() === "")
    throw new Error(
      "Error: Input must be provided either through stdin or as a prompt argument when using --print",
    );
  return prompt;
}

/** Take the id of a new conversation, or find the one to go on with; ids are remembered beside the scenario. */
function openConversation(folder: string, args: StandInArguments): string {
  const conversations = join(folder, CONVERSATIONS);
  mkdirSync(conversations, { recursive: true });
  const id = args.resume ?? args.sessionId ?? randomUUID();
  const isNew = tryToMake(join(conversations, id));
  if (args.resume !== undefined && isNew) {
    rmdirSync(join(conversations, id));
    const reason = `No conversation found with session ID: ${id}`;
    createStream(args, id, 0).result({
      subtype: "error_during_execution",
      is_error: true,
      terminal_reason: undefined,
      errors: [reason],
    });
    throw new Error(reason);
  }
  if (args.resume === undefined && !isNew)
    throw new Error(`Error: Session ID ${id} is already in use.`);
  return id;
}

function readCost(path: string): number {
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
}

function tryToMake(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function pickFacts(call: CallFacts | undefined): Partial<CallFacts> {
  const { session, iteration, phase } = call ?? {};
  return {
    ...(session === undefined ? {} : { session }),
    ...(iteration === undefined ? {} : { iteration }),
    ...(phase === undefined ? {} : { phase }),
  };
}

/** The variables that a runner may have chosen; the rest is of the machine and may hold secrets. */
function pickVariables(): Record<string, string> {
  const chosen =
    /^(?:CLAUDE|ANTHROPIC|SAMOCODE|STAND_IN|GIT_|HOME$|IS_SANDBOX$|BASH_|API_TIMEOUT|DISABLE_|MCP_)/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      chosen.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

/**
 * End as the CLI was seen to end. SIGTERM stops the command that runs in 2.1.330 and did not in 2.1.197; here it does not, for
 * that is harder on a runner. SIGINT stops it in both, and the exit code is 0 although the result is an error.
 */
function obeySignals(run: StandInRun): void {
  const onSignal = (signal: NodeJS.Signals, end: () => void) =>
    process.on(signal, () => {
      if (!run.ignored.has(signal)) end();
    });
  onSignal("SIGTERM", () => run.exit(143));
  onSignal("SIGHUP", () => run.exit(129));
  onSignal("SIGINT", () => {
    if (run.bash === undefined) run.exit(0);
    process.kill(-run.bash.pid, "SIGKILL");
    run.stream.result({
      subtype: "error_during_execution",
      is_error: true,
      terminal_reason: "aborted_tools",
    });
    run.exit(0);
  });
}

function fail(run: StandInRun, error: unknown): never {
  writeSync(2, `stand-in: ${error instanceof Error ? error.message : String(error)}\n`);
  return run.exit(70);
}

main().catch((error: unknown) => {
  writeSync(2, `${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
