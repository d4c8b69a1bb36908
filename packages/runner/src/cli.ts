import { CommanderError } from "commander";
import { exitCodes } from "./terminal/exit-code.ts";
import { createProgram } from "./program/program.ts";

// Who reads may go (`| head`, a closed terminal): an agent that works is paid for and is not left alone for that.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

/** Runs the binary with its arguments and sets the exit code of this process. */
async function main(): Promise<void> {
  try {
    const program = createProgram((code) => {
      process.exitCode = code;
    });
    await program.parseAsync(process.argv);
  } catch (error) {
    process.exitCode = await exitCodeOf(error);
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
