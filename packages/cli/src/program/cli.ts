import { runCommandLine } from "./command-line.ts";
import { drawInAscii, isUnicode } from "../terminal/ascii-output.ts";

// Who reads may go (`| head`, a closed terminal): an agent that works is paid for and is not left alone for that.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
  // What goes into a file or a program is UTF-8 in any case.
  if (output.isTTY && !isUnicode(process.env)) drawInAscii(output);
}

function warn(text: string): void {
  process.stderr.write(text);
}

/** Runs the binary with its arguments and sets the exit code of this process. */
async function main(): Promise<void> {
  process.exitCode = await runCommandLine(process.argv.slice(2), warn);
}

void main();
