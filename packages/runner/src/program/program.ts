import { Command } from "commander";
import { version } from "../version.ts";
import { addCareCommands } from "./care-commands.ts";
import type { SetExitCode } from "./command-group.ts";
import { addDecisionCommands } from "./decision-commands.ts";
import { addGraphCommands } from "./graph-commands.ts";
import { addLookCommands } from "./look-commands.ts";
import { addParentCommands } from "./parent-commands.ts";
import { addRunCommand } from "./run-command.ts";

const examples = `
Examples:
  samocode-run demo                                  see a whole session in ten seconds, no account needed
  samocode-run login --task "Add JWT login"          start a session, or go on with it
  samocode-run status login                          where it is and what it waits for
  samocode-run answer login Q1=A Q2="a week"         answer its questions
  samocode-run approve login                         open the gate: the plan may be carried out

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 waits for a person or is ready to go on, 4 blocked,
5 held by another run, 130/143 interrupted.
`;

const groups = [
  addRunCommand,
  addDecisionCommands,
  addLookCommands,
  addGraphCommands,
  addCareCommands,
  addParentCommands,
];

/** Makes the command line: what can be typed, and which command it calls. Each command is loaded when called. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command("samocode-run")
    .description("Takes a coding task from investigation to done by driving the Claude CLI.")
    .version(version())
    .showHelpAfterError("(samocode-run --help shows what can be typed)")
    .addHelpText("after", examples)
    .exitOverride()
    .enablePositionalOptions();
  for (const addCommands of groups) addCommands(program, setExitCode);
  return program;
}
