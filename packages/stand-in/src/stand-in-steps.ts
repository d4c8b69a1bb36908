import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { gitEnvironment } from "./clean-environment.ts";
import { type CallFacts, fillPlaces, type Step } from "./scenario.ts";
import type { StandInArguments } from "./stand-in-arguments.ts";
import { runStopHooks } from "./stand-in-hooks.ts";
import type { StandInStream } from "./stand-in-stream.ts";

/** What the steps of one call work with. */
export interface StandInRun {
  readonly call: CallFacts;
  readonly args: StandInArguments;
  readonly sessionId: string;
  readonly stream: StandInStream;
  /** Kill signals that are taken no notice of. */
  readonly ignored: Set<NodeJS.Signals>;
  /** The shell command that runs now. */
  bash: { readonly pid: number } | undefined;
  /** Write down the id of a process that may outlive this one. */
  started(pid: number): void;
  /** End the process. */
  exit(code: number): never;
}

const MEGABYTE = 1_000_000;

/** Take the steps, one after the other, until the last or an exit. */
export async function takeSteps(steps: readonly Step[], run: StandInRun): Promise<void> {
  for (const step of steps) {
    await takeStep(step, run);
    endAtLimit(run);
  }
}

async function takeStep(step: Step, run: StandInRun): Promise<void> {
  const { call, stream } = run;
  const fill = (text: string) => fillPlaces(text, call);
  const place = (path: string) => resolve(call.cwd, fill(path));
  switch (step.do) {
    case "say":
      return stream.say(fill(step.text), step.costUsd ?? 0.01);
    case "tool": {
      const { name, output = "", isError = false } = step;
      const input = JSON.parse(fill(JSON.stringify(step.input))) as Record<string, unknown>;
      return stream.toolResult(stream.toolUse({ name, input }), {
        name,
        input,
        output: fill(output),
        isError,
      });
    }
    case "bash":
      return await runBash(fill(step.command), run);
    case "write":
      mkdirSync(dirname(place(step.path)), { recursive: true });
      return writeFileSync(place(step.path), formatContent(step.content, call));
    case "append":
      mkdirSync(dirname(place(step.path)), { recursive: true });
      return appendFileSync(place(step.path), fill(step.text));
    case "replace":
      return replaceInFile(place(step.path), fill(step.from), fill(step.to));
    case "remove":
      return rmSync(place(step.path), { recursive: true, force: true });
    case "commit":
      return commitAll(call.cwd, fill(step.message));
    case "print":
      return stream.line(typeof step.line === "string" ? fill(step.line) : step.line);
    case "printPart":
      return stream.part(fill(step.text));
    case "flood":
      return flood(step.bytes, step.lineBytes ?? MEGABYTE, stream);
    case "stderr":
      writeSync(2, fill(step.text));
      return undefined;
    case "sleep":
      return await sleep(step.ms);
    case "hang":
      return await hang();
    case "ignore":
      for (const signal of step.signals) run.ignored.add(signal);
      return undefined;
    case "leave":
      return leaveBehind(step.ms, run);
    case "closeStdout":
      closeSync(1);
      // The next file would get the free descriptor, and be written to by mistake.
      openSync("/dev/null", "w");
      return undefined;
    case "stop":
      return await stop(step.ifBlocked, run);
    case "result":
      return stream.result(step.with);
    case "exit":
      return run.exit(step.code);
    case "kill":
      process.kill(process.pid, step.signal);
      return await hang();
  }
}

/** A pending promise alone does not keep Node alive. */
function hang(): Promise<never> {
  return new Promise(() => setInterval(() => {}, MEGABYTE));
}

function endAtLimit(run: StandInRun): void {
  const { args, stream } = run;
  const failure = { is_error: true, stop_reason: null };
  if (stream.costUsd >= args.maxBudgetUsd) {
    const errors = [`Reached maximum budget ($${String(args.maxBudgetUsd)})`];
    stream.result({
      ...failure,
      subtype: "error_max_budget_usd",
      terminal_reason: undefined,
      errors,
    });
    run.exit(1);
  }
  if (stream.turns > args.maxTurns) {
    const errors = [`Reached maximum number of turns (${String(args.maxTurns)})`];
    stream.result({ ...failure, subtype: "error_max_turns", terminal_reason: "max_turns", errors });
    run.exit(1);
  }
}

/** Write text as it is and anything else as JSON, with the places filled. */
function formatContent(content: unknown, call: CallFacts): string {
  if (typeof content === "string") return fillPlaces(content, call);
  const json = JSON.stringify(content, null, 2).replaceAll('"{iteration}"', "{iteration}");
  return `${fillPlaces(json, call)}\n`;
}

function replaceInFile(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  if (!text.includes(from))
    throw new Error(`cannot replace in \`${path}\`: it does not hold \`${from}\``);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}

function commitAll(cwd: string, message: string): void {
  const env = { ...process.env, ...gitEnvironment };
  execFileSync("git", ["add", "--all"], { cwd, env });
  execFileSync("git", ["commit", "--quiet", "--allow-empty", "--message", message], { cwd, env });
}

function flood(bytes: number, lineBytes: number, stream: StandInStream): void {
  for (let left = bytes; left > 0; left -= lineBytes) {
    const text = "x".repeat(Math.min(left, lineBytes));
    stream.line({ type: "system", subtype: "flood", text });
  }
}

/** The Bash tool gives every command a session of its own: killing the CLI's group does not reach it. */
async function runBash(command: string, run: StandInRun): Promise<void> {
  const input = { command, description: "Run a command" };
  const id = run.stream.toolUse({ name: "Bash", input });
  const child = spawn("/bin/bash", ["-c", command], {
    cwd: run.call.cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error("cannot run a command: `/bin/bash` does not start");
  run.bash = { pid: child.pid };
  run.started(child.pid);
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  // "exit", not "close": a command that it left in the background may hold the pipes forever.
  const code = await new Promise<number | null>((ended) => child.once("exit", ended));
  await sleep(10);
  run.bash = undefined;
  run.stream.toolResult(id, { name: "Bash", input, output: output.trimEnd(), isError: code !== 0 });
}

function leaveBehind(ms: number, run: StandInRun): void {
  const child = spawn("sleep", [String(ms / 1000)], { detached: true, stdio: "ignore" });
  child.unref();
  if (child.pid !== undefined) run.started(child.pid);
}

async function stop(ifBlocked: readonly Step[], run: StandInRun): Promise<void> {
  const reason = runStopHooks(run.args.settings, {
    session_id: run.sessionId,
    cwd: run.call.cwd,
    hook_event_name: "Stop",
    stop_hook_active: run.stream.blocked,
    last_assistant_message: run.stream.lastText,
  });
  if (reason === undefined) return;
  run.stream.feedback(reason);
  await takeSteps(ifBlocked, run);
}
