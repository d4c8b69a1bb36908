import { dirname } from "node:path";
import { ensureFolder, writeOwnFile } from "@samocode/core/store";
import type {
  Agent,
  AgentEnd,
  AgentIteration,
  AgentLog,
  AgentTask,
  SignalRefusal,
} from "./agent.ts";
import type { AgentDialect } from "./agent-dialect.ts";
import type { FollowEnd, FollowOptions } from "./agent-follow.ts";
import { adoptAgent, runAgent } from "./agent-run.ts";
import type { Outcome } from "./outcome.ts";

/** A task for which a process is started. */
export type NewTask = Exclude<AgentTask, { type: "reattach" }>;

/** What to start for a task. */
export interface AgentCommand {
  /** A program, looked up on PATH, or the path of one. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment, as `agentEnvironment` gives it, and what this agent needs beside. */
  readonly env: NodeJS.ProcessEnv;
  /** What the program gets on stdin. */
  readonly prompt: string;
}

/** An agent that is a program: what to start, and how to understand it. */
export interface AgentProgram<Summary> {
  /** One word, as in `claude`. */
  readonly name: string;
  readonly dialect: AgentDialect<Summary>;
  /** May prepare what the program needs. */
  readonly commandFor: (task: NewTask, iteration: AgentIteration) => AgentCommand;
  /** Answers that were refused while this agent still ran, oldest first. @default none */
  readonly refusalsOf?: (iteration: AgentIteration) => readonly SignalRefusal[];
}

/**
 * Makes an agent of a program that writes lines to its stdout. It runs in a process group of its own, with files for
 * its stdin, stdout and stderr, so that it outlives its runner; within its limits; and leaves nothing running.
 *
 * @example
 * const agent = createAgent({ name: "codex", dialect, commandFor: (task, iteration) => ({ command: "codex", … }) });
 */
export function createAgent<Summary>(program: AgentProgram<Summary>): Agent {
  const { name, dialect, commandFor, refusalsOf } = program;
  return {
    name,
    log: createAgentLog(dialect),
    async run(iteration, signals, emit) {
      const { task, workingDir: cwd, promptFile, keepsOpen, onStart } = iteration;
      const following: FollowOptions = { ...iteration, ...signals, onActivity: emit };
      let end: FollowEnd<Summary>;
      if (task.type === "reattach") end = await adoptAgent(dialect, { ...following, ...task });
      else {
        const { prompt, ...command } = commandFor(task, iteration);
        ensureFolder(dirname(following.logFile));
        writeOwnFile(promptFile, prompt, { mode: 0o600 });
        const process = { ...command, cwd, promptFile, keepsOpen, onStart };
        end = await runAgent(dialect, { ...following, ...process });
      }
      const isUnwatched = task.type === "reattach" && isLost(end, dialect);
      return endOf(end, isUnwatched, refusalsOf?.(iteration) ?? []);
    },
  };
}

/** How the log of an agent is read that speaks this dialect. */
export function createAgentLog<Summary>(dialect: AgentDialect<Summary>): AgentLog {
  const { empty, largeLinesWith } = dialect;
  return { parseLine: (line) => dialect.read(empty, line).activities, largeLinesWith };
}

function endOf(
  { outcome, exitCode, exitSignal }: FollowEnd<unknown>,
  wasLost: boolean,
  refusals: readonly SignalRefusal[],
): AgentEnd {
  return { outcome: wasLost ? lost(outcome) : outcome, refusals, exitCode, exitSignal };
}

/** Whether an agent died in its work while nobody watched; one that was stopped did not. */
function isLost<Summary>(
  { outcome, summary, strays }: FollowEnd<Summary>,
  { progressOf }: AgentDialect<Summary>,
): boolean {
  const { hasBegun, hasResult } = progressOf(summary);
  return hasBegun && !hasResult && outcome.type === "failed" && strays.left.length === 0;
}

function lost({ costUnknown }: Outcome): Outcome {
  return { type: "lost", ...(costUnknown && { costUnknown }) };
}
