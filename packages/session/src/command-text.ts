import type { Question } from "@samocode/core/overview";
import { commandNames, type CommandName } from "./command-names.ts";
import { shellQuote } from "@samocode/process";

/**
 * A command for a session as a person types it, whatever the name of the session.
 *
 * @example
 * formatCommand("resume", "my login"); // "samocode-run resume 'my login'"
 */
export function formatCommand(command: CommandName, session: string): string {
  return `samocode-run ${command} ${shellQuote(session)}`;
}

/**
 * The command that starts a session, or goes on with it.
 *
 * @example
 * formatGoOn("login"); // "samocode-run login"
 * formatGoOn("list"); // "samocode-run run list"
 */
export function formatGoOn(session: string): string {
  // The word `run` may be left out, but not where another command would be called.
  if ((commandNames as readonly string[]).includes(session)) return formatCommand("run", session);
  return `samocode-run ${shellQuote(session)}`;
}

/**
 * How a question is answered: with the letter of an option, or in words if it has none.
 *
 * @example
 * formatAnswerCommand("login", { id: "Q1", options: [] }); // 'samocode-run answer login Q1="…"'
 */
export function formatAnswerCommand(
  session: string,
  { id, options }: Pick<Question, "id" | "options">,
): string {
  return `${formatCommand("answer", session)} ${id}=${options[0]?.letter ?? '"…"'}`;
}
