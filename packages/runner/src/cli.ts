import { CommanderError } from "commander";
import { exitCodes } from "./exit-code.ts";
import { createProgram } from "./program.ts";

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
  const { reportError } = await import("./report-error.ts");
  return reportError(error, (text) => process.stderr.write(text));
}

void main();
