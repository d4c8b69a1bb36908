import { agentEnvironment } from "@samocode/agent";

/** What the Claude CLI and its tools find in their environment. */
export interface ClaudeEnvironmentOptions {
  /** Unique to the iteration. */
  readonly runId: string;
  readonly sessionFolder: string;
  /** Limit on silence that the tools must stay under, in ms; 0 for none. */
  readonly idleMs: number;
}

/**
 * The environment of the Claude CLI: that of any agent, and
 *
 * - `CLAUDE_CODE_DISABLE_BACKGROUND_TASKS` unless the user has set it: subagents then run in the foreground, a process
 *   has one result, and its end is the end of the work. (Newer versions of the CLI put every subagent into the
 *   background, and the agent ends its turn meanwhile.)
 * - `CLAUDE_CODE_ATTRIBUTION_HEADER`, off unless the user has set it: it changes with the prompt and stands at the head
 *   of the system prompt, which is to be the same in each iteration of a phase.
 * - `BASH_MAX_TIMEOUT_MS` and `BASH_DEFAULT_TIMEOUT_MS`, kept a minute below the idle limit, for a running command is
 *   silent and must not be taken for a stalled agent.
 *
 * @example
 * claudeEnvironment(process.env, { runId, sessionFolder, idleMs: 900_000 })["BASH_MAX_TIMEOUT_MS"]; // "600000"
 */
export function claudeEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  { idleMs, ...owner }: ClaudeEnvironmentOptions,
): NodeJS.ProcessEnv {
  return {
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
    CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
    ...agentEnvironment({ ...env, ...bashLimits(env, idleMs) }, owner),
  };
}

const cliBashMaxMs = 600_000;
const cliBashDefaultMs = 120_000;
const marginMs = 60_000;

function bashLimits(env: Readonly<NodeJS.ProcessEnv>, idleMs: number): NodeJS.ProcessEnv {
  if (idleMs === 0) return {};
  const mostMs = Math.max(idleMs - marginMs, Math.floor(idleMs / 2));
  const maxMs = Math.min(positive(env["BASH_MAX_TIMEOUT_MS"]) ?? cliBashMaxMs, mostMs);
  const defaultMs = positive(env["BASH_DEFAULT_TIMEOUT_MS"]) ?? cliBashDefaultMs;
  return {
    BASH_MAX_TIMEOUT_MS: String(maxMs),
    BASH_DEFAULT_TIMEOUT_MS: String(Math.min(defaultMs, maxMs)),
  };
}

function positive(value: string | undefined): number | undefined {
  const parsed = Number(value);
  return parsed > 0 ? parsed : undefined;
}
