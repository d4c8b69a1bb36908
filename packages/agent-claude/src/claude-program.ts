import { findProgram } from "@samocode/process";
import { UsageError } from "@samocode/session";

/**
 * Finds the Claude CLI.
 *
 * @throws {UsageError} When there is no such program.
 */
export function findClaude(command: string, env: NodeJS.ProcessEnv): string {
  const path = findProgram(command, env);
  if (path !== undefined) return path;
  throw new UsageError(
    `cannot find the Claude CLI \`${command}\`: expected a program${command.includes("/") ? "" : " on the PATH"}. Install it (npm install -g @anthropic-ai/claude-code), or set CLAUDE_PATH or --claude-path`,
  );
}
