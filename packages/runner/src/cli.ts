import { CommanderError } from "commander";
import { exitCodes } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Runs the binary with its arguments and sets the exit code of this process. */
async function main(): Promise<void> {
  try {
    const program = createProgram((code) => {
      process.exitCode = code;
    });
    await program.parseAsync(process.argv);
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError
        ? error.exitCode === 0
          ? exitCodes.done
          : exitCodes.usage
        : reportError(error, (text) => process.stderr.write(text));
  }
}

void main();
