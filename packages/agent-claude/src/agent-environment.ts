import { runIdVariable, withoutRepository } from "@samocode/process";

/** What an agent and its tools find in their environment. */
export interface AgentEnvironmentOptions {
  /** Unique to the iteration. */
  readonly runId: string;
  readonly sessionFolder: string;
  /** Limit on silence that the tools must stay under; 0 for none. */
  readonly idleMs: number;
}

/**
 * The environment of an agent: the user's own, for the CLI needs their login, proxy and PATH, less
 * what is ours or of a Claude session around us, and with what tells whose process it is.
 *
 * - `TELEGRAM_*` is left out: an agent must not be able to answer for a person.
 * - Variables of git that name a repository are left out: the agent works in that of its folder.
 * - `SAMOCODE_RUN_ID` and `SAMOCODE_SESSION` are set. All that the agent starts inherits them.
 * - `CLAUDE_CODE_DISABLE_BACKGROUND_TASKS` is set unless the user has set it: subagents then run in
 *   the foreground, a process has one result, and its end is the end of the work. (Newer versions
 *   of the CLI put every subagent into the background, and the agent ends its turn meanwhile.)
 * - `CLAUDE_CODE_ATTRIBUTION_HEADER` is off unless the user has set it: it changes with the prompt and
 *   stands at the head of the system prompt, which is to be the same in each iteration of a phase.
 * - `BASH_MAX_TIMEOUT_MS` and `BASH_DEFAULT_TIMEOUT_MS` are kept a minute below the idle limit, for
 *   a running command is silent and must not be taken for a stalled agent.
 *
 * @example
 * agentEnvironment(process.env, { runId, sessionFolder, idleMs: 900_000 })["SAMOCODE_RUN_ID"];
 */
export function agentEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  options: AgentEnvironmentOptions,
): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(withoutRepository(env)).filter(
      ([name]) => !name.startsWith("TELEGRAM_") && !outer.has(name),
    ),
  );
  return {
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
    CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
    ...inherited,
    ...bashLimits(env, options.idleMs),
    [runIdVariable]: options.runId,
    SAMOCODE_SESSION: options.sessionFolder,
  };
}

/** What a Claude session in which we run ourselves gives its children, a key to write to it included. */
const outer = new Set([
  "AI_AGENT",
  "CLAUDECODE",
  "CLAUDE_CODE_CHILD_NOTES_DIR",
  "CLAUDE_CODE_CHILD_SESSION",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS",
  "CLAUDE_CODE_MESSAGING_SOCKET",
  "CLAUDE_CODE_MESSAGING_TOKEN",
  "CLAUDE_CODE_SESSION_ID",
  "CLAUDE_CODE_SSE_PORT",
  "CLAUDE_PROJECT_DIR",
]);

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
