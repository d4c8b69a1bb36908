import { CommanderError } from "commander";
import { exitCodes } from "./terminal/exit-code.ts";
import { createProgram } from "./program/program.ts";
import { explainWrongCommand, nearestCommand } from "./program/wrong-command.ts";

// Who reads may go (`| head`, a closed terminal): an agent that works is paid for and is not left alone for that.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

/** Runs the binary with its arguments and sets the exit code of this process. */
async function main(): Promise<void> {
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  const words = process.argv.slice(2);
  const commands = ["help", ...program.commands.map((command) => command.name())];
  const wrong = explainWrongCommand(words, commands);
  try {
    if (wrong !== undefined) program.error(`samocode-run: ${wrong}`);
    await program.parseAsync(process.argv);
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
    if (wrong !== undefined) return;
    const meant = nearestCommand(words[0] ?? "-", commands);
    // It may be a session, and was looked for as one first.
    if (process.exitCode !== exitCodes.usage || meant === undefined) return;
    process.stderr.write(`samocode-run: or did you mean the command \`${meant}\`?\n`);
  }
}

async function exitCodeOf(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  const { reportError } = await import("./terminal/report-error.ts");
  return reportError(error, (text) => process.stderr.write(text));
}

void main();
