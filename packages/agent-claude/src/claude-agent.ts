import { dirname } from "node:path";
import { ensureFolder, writeOwnFile } from "@samocode/core/store";
import type { Agent, AgentEnd, AgentIteration, AgentTask, Outcome } from "@samocode/session";
import type { FollowEnd, FollowOptions } from "./agent-follow.ts";
import { adoptAgent, runAgent } from "./agent-run.ts";
import { claudeEnvironment } from "./claude-environment.ts";
import { claudeLog } from "./claude-log.ts";
import { claudeArguments } from "./command-line.ts";
import { denyRules, type GuardedPaths } from "./permission-rules.ts";
import { formatHookSettings } from "./signal-hook/hook-settings.ts";
import { readRefusals } from "./signal-hook/refusal.ts";
import { isActivity } from "./stream-event.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";
import type { CustomTexts } from "./texts/custom-text.ts";
import { readPhaseText } from "./texts/phase-text.ts";
import { formatMendMessage, formatUserMessage } from "./texts/prompt.ts";
import { findResource } from "./texts/resources.ts";

/** What the Claude CLI is started with in every iteration. */
export interface ClaudeAgentOptions extends Pick<
  GuardedPaths,
  "mainRepo" | "configPath" | "secrets"
> {
  /** The CLI, as `findClaude` gives it. */
  readonly claudePath: string;
  readonly model: string;
  /** Model to use if the first one is overloaded or unavailable. */
  readonly fallbackModel: string | undefined;
  /** From 1 on. */
  readonly maxTurns: number;
  readonly permissionMode: string;
  readonly customTexts: CustomTexts;
  readonly env: NodeJS.ProcessEnv;
}

/** A task for which a process is started. */
type NewTask = Exclude<AgentTask, { type: "reattach" }>;

/**
 * Makes an agent of the Claude CLI.
 *
 * @example
 * const agent = createClaudeAgent({ ...settings, claudePath: findClaude("claude", process.env), … });
 * const { outcome } = await agent.run(iteration, { cancel, kill }, console.log);
 */
export function createClaudeAgent(options: ClaudeAgentOptions): Agent {
  return {
    name: "claude",
    log: claudeLog,
    async run(iteration, signals, emit) {
      const following: FollowOptions = {
        ...iteration,
        ...signals,
        onEvent: (event) => {
          if (isActivity(event)) emit(event);
        },
      };
      const { task } = iteration;
      const end =
        task.type === "reattach"
          ? await adoptAgent({ ...following, ...task })
          : await start(task, iteration, following, options);
      return endOf(end, iteration, options);
    },
  };
}

async function start(
  task: NewTask,
  iteration: AgentIteration,
  following: FollowOptions,
  options: ClaudeAgentOptions,
): Promise<FollowEnd> {
  const { promptFile, logFile, workingDir, keepsOpen, onStart } = iteration;
  makeTemporaryFolder(options.env);
  ensureFolder(dirname(logFile));
  writeOwnFile(promptFile, promptOf(task, iteration), { mode: 0o600 });
  return runAgent({
    ...following,
    command: options.claudePath,
    args: argumentsOf(task, iteration, options),
    env: environmentOf(iteration, options),
    cwd: workingDir,
    promptFile,
    keepsOpen,
    onStart,
  });
}

function promptOf(task: NewTask, where: AgentIteration): string {
  const { sessionFolder, workingDir, phase, iteration } = where;
  if (task.type === "repair") {
    return formatMendMessage({ error: task.problem, sessionFolder, phase, iteration });
  }
  const { notes, dive } = task;
  const now = new Date();
  const told = { sessionFolder, workingDir, phase, iteration, now, notes };
  return formatUserMessage({ ...told, ...(dive !== undefined && { dive }) });
}

function argumentsOf(
  { type, conversation }: NewTask,
  { phase, sessionFolder, workingDir, maxCostUsd }: AgentIteration,
  options: ClaudeAgentOptions,
): string[] {
  const { customTexts, model, fallbackModel, maxTurns, permissionMode } = options;
  const deny = denyRules(phase, { ...options, sessionFolder, workingDir });
  return claudeArguments({
    pluginDir: findResource("plugin"),
    ...readPhaseText(phase, customTexts),
    ...(customTexts.mcpConfig !== undefined && { mcpConfig: customTexts.mcpConfig }),
    settings: { ...formatHookSettings(), permissions: { deny } },
    conversation: type === "repair" ? { resume: conversation } : { start: conversation },
    model,
    ...(fallbackModel !== undefined && { fallbackModel }),
    maxTurns,
    permissionMode,
    ...(maxCostUsd !== undefined && { maxBudgetUsd: maxCostUsd }),
    addDirs: [sessionFolder],
  });
}

function environmentOf(
  { runId, sessionFolder, idleMs, phase, iteration }: AgentIteration,
  { env, customTexts }: ClaudeAgentOptions,
): NodeJS.ProcessEnv {
  return {
    ...claudeEnvironment(env, { runId, sessionFolder, idleMs }),
    SAMOCODE_PHASE: phase,
    SAMOCODE_ITERATION: String(iteration),
    // An agent starts when its servers have: tools that come later are missing from its first requests.
    ...(customTexts.mcpConfig !== undefined && { MCP_CONNECTION_NONBLOCKING: "0" }),
  };
}

function endOf(
  end: FollowEnd,
  { task, sessionFolder, runId }: AgentIteration,
  { maxTurns }: ClaudeAgentOptions,
): AgentEnd {
  const { exitCode, exitSignal } = end;
  const refusals = readRefusals(sessionFolder, runId);
  const outcome = task.type === "reattach" && isLost(end) ? lost(end.outcome) : end.outcome;
  const message = `the agent was stopped after ${maxTurns} turns (CLAUDE_MAX_TURNS, --max-turns)`;
  return {
    outcome: outcome.type === "outOfTurns" ? { ...outcome, message } : outcome,
    refusals,
    exitCode,
    exitSignal,
  };
}

/** Whether an agent died in its work while nobody watched; one that was stopped did not. */
function isLost({ outcome, summary, strays }: FollowEnd): boolean {
  const hasWorked = summary.result === undefined && summary.init !== undefined;
  return hasWorked && outcome.type === "failed" && strays.left.length === 0;
}

function lost({ costUnknown }: Outcome): Outcome {
  return { type: "lost", ...(costUnknown && { costUnknown }) };
}
