import { runIdVariable, withoutRepository } from "@samocode/process";

/**
 * The environment of an agent or of the project's tests: the user's own, for their programs need its login, proxy and
 * PATH, without what is ours or belongs to an agent around us, and with what says whose process it is.
 *
 * - `TELEGRAM_*` is left out: an agent must not be able to answer for a human.
 * - Variables of git that name a repository are left out: an agent works in that of its folder.
 * - `SAMOCODE_RUN_ID` and `SAMOCODE_SESSION` are set. All that the agent starts inherits them.
 *
 * @param runId Unique to the iteration.
 * @example
 * agentEnvironment(process.env, { runId: "8e5c", sessionFolder: "/s/26-01-15-login" })["SAMOCODE_RUN_ID"]; // "8e5c"
 */
export function agentEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  { runId, sessionFolder }: { readonly runId: string; readonly sessionFolder: string },
): NodeJS.ProcessEnv {
  const inherited = Object.entries(withoutRepository(env)).filter(
    ([name]) => !name.startsWith("TELEGRAM_") && !outer.has(name),
  );
  return {
    ...Object.fromEntries(inherited),
    [runIdVariable]: runId,
    SAMOCODE_SESSION: sessionFolder,
  };
}

/** What an agent's session in which we run ourselves gives its children, a key to write to it included. */
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
