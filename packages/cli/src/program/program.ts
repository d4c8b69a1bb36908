import { Command } from "commander";
import { version } from "../version.ts";
import { addCareCommands } from "./care-commands.ts";
import type { SetExitCode } from "./command-group.ts";
import { addDecisionCommands } from "./decision-commands.ts";
import { addGraphCommands } from "./graph-commands.ts";
import { addLookCommands } from "./look-commands.ts";
import { addParentCommands } from "./parent-commands.ts";
import { commandTexts } from "./command-texts.ts";
import { formatHelpEnd, helpColumns } from "./help-end.ts";
import { addRunCommand } from "./run-command.ts";

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
    // What is wrong is said by whoever catches the error, as all errors are.
    .configureOutput({ getOutHelpWidth: helpColumns, outputError: () => {} })
    .configureHelp({ minWidthToWrap: 16, subcommandTerm: formatTerm })
    .addHelpText("after", () => formatHelpEnd(helpColumns()))
    .exitOverride()
    .enablePositionalOptions();
  for (const addCommands of groups) addCommands(program, setExitCode);
  for (const command of program.commands) {
    const text = textOf(command.name());
    if (text !== undefined) command.summary(text.summary).description(text.description);
  }
  return program;
}

/** A command in the list of all: its own help has its options. */
function formatTerm(command: Command): string {
  const named = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...named].join(" ");
}

function textOf(name: string) {
  return Object.hasOwn(commandTexts, name)
    ? commandTexts[name as keyof typeof commandTexts]
    : undefined;
}
