import type { Command } from "commander";
import { runIdVariable } from "@samocode/process";

/**
 * Refuses a command to the agent of a session and to all that it starts, by whatever name they call the binary:
 * they must not decide for a person.
 *
 * @param decides Whether it would be a decision, by its flags. @default it always is
 */
export function forPersonsOnly(
  command: Command,
  decides: (flags: Readonly<Record<string, unknown>>) => boolean = () => true,
): Command {
  return command.hook("preAction", async () => {
    if (process.env[runIdVariable] === undefined || !decides(command.opts())) return;
    const { UsageError } = await import("@samocode/session");
    throw new UsageError(
      `cannot run inside an agent's session (${runIdVariable} is set): this command is for humans only`,
    );
  });
}
