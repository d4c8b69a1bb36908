import { CommanderError } from "commander";
import { exitCodes } from "@samocode/session";
import { createProgram } from "./program.ts";
import { explainUsageFault } from "./usage-fault.ts";
import { explainWrongCommand, explainWrongHelp, nearestCommand } from "./wrong-command.ts";

/**
 * Does what a command line says.
 *
 * @param words What was typed after the name of the program.
 * @param warn Told what is wrong with it.
 * @returns the exit code
 */
export async function runCommandLine(
  words: readonly string[],
  warn: (text: string) => void,
): Promise<number> {
  let exitCode: number | undefined;
  const program = createProgram((code) => {
    exitCode = code;
  });
  if (words.every((word) => word === "help")) {
    program.outputHelp();
    return exitCodes.done;
  }
  const commands = ["help", ...program.commands.map((command) => command.name())];
  const wrong = explainWrongHelp(words, commands) ?? explainWrongCommand(words, commands);
  if (wrong !== undefined) {
    warn(`samocode-run: ${wrong}\n(see: samocode-run --help)\n`);
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...words], { from: "user" });
    return exitCode ?? exitCodes.done;
  } catch (error) {
    return await reportFault(error, { words, commands, warn });
  }
}

interface FaultContext {
  readonly words: readonly string[];
  readonly commands: readonly string[];
  readonly warn: (text: string) => void;
}

async function reportFault(
  error: unknown,
  { words, commands, warn }: FaultContext,
): Promise<number> {
  const [first = "-"] = words;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    const command = commands.includes(first) && first !== "help" ? first : "run";
    warn(`samocode-run: ${explainUsageFault(error, command)}\n`);
    return exitCodes.usage;
  }
  const { reportError } = await import("../terminal/report-error.ts");
  const exitCode = reportError(error, warn);
  const meant = nearestCommand(first, commands);
  // It may be a session, and was looked for as one first.
  if (exitCode === exitCodes.usage && meant !== undefined) {
    warn(`samocode-run: or did you mean the command \`${meant}\`?\n`);
  }
  return exitCode;
}
