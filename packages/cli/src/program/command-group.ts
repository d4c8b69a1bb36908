import type { Command } from "commander";

/** Called with the exit code of a command that has ended. */
export type SetExitCode = (code: number) => void;

/** Adds commands to the program; what they do is loaded when one is called. */
export type CommandGroup = (program: Command, setExitCode: SetExitCode) => void;

/**
 * Adds a command that is given a session.
 *
 * @param prints What it prints with `--json`.
 */
export function sessionCommand(
  program: Command,
  name: string,
  prints: "document" | "event per line" = "document",
): Command {
  return program
    .command(name)
    .argument("<session>", "name of the session or its folder")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", `one JSON ${prints} on stdout`, false);
}
