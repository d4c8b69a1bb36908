import {
  type Agent,
  type AgentIteration,
  type AgentLog,
  createAgent,
  createAgentLog,
  type NewTask,
  type Outcome,
} from "@samocode/agent";
import { claudeDialect } from "./claude-dialect.ts";
import { claudeEnvironment } from "./claude-environment.ts";
import { claudeArguments } from "./command-line.ts";
import { judgeOutcome } from "./outcome.ts";
import { denyRules, type GuardedPaths } from "./permission-rules.ts";
import { formatHookSettings } from "./signal-hook/hook-settings.ts";
import { readRefusals } from "./signal-hook/refusal.ts";
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

/** How the log of the Claude CLI is read. */
export const claudeLog: AgentLog = createAgentLog(claudeDialect);

/**
 * Makes an agent of the Claude CLI.
 *
 * @example
 * const agent = createClaudeAgent({ ...settings, claudePath: findClaude("claude", process.env), … });
 * const { outcome } = await agent.run(iteration, { cancel, kill }, console.log);
 */
export function createClaudeAgent(options: ClaudeAgentOptions): Agent {
  const { claudePath, maxTurns, env } = options;
  return createAgent({
    name: "claude",
    dialect: { ...claudeDialect, judge: (facts) => withTurns(judgeOutcome(facts), maxTurns) },
    commandFor(task, iteration) {
      makeTemporaryFolder(env);
      return {
        command: claudePath,
        args: argumentsOf(task, iteration, options),
        env: environmentOf(iteration, options),
        prompt: promptOf(task, iteration),
      };
    },
    refusalsOf: ({ sessionFolder, runId }) => readRefusals(sessionFolder, runId),
  });
}

/** Says how many turns were too many, and which setting limits them. */
function withTurns(outcome: Outcome, maxTurns: number): Outcome {
  if (outcome.type !== "outOfTurns") return outcome;
  const message = `the agent was stopped after ${maxTurns} turns (CLAUDE_MAX_TURNS, --max-turns)`;
  return { ...outcome, message };
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
