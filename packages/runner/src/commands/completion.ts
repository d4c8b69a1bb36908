import type { Command } from "commander";
import { findCandidates, type Candidate } from "../completion/candidates.ts";
import { formatShellScript, type Shell } from "../completion/shell-script.ts";
import { readConfig } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import { listSessions } from "../session/session-folder.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { printLine } from "../terminal/output.ts";

/** Prints the script that teaches a shell what can be typed. */
export function printCompletion(shell: Shell): number {
  printLine(formatShellScript(shell, process.argv[1] ?? "samocode-run").trimEnd());
  return exitCodes.done;
}

/** Prints what may be typed next, one a line with its description after a tab, or `:files`. */
export async function complete(program: Command, words: readonly string[]): Promise<number> {
  const found = await findCandidates(program, words, { sessions: findSessions });
  if (found === "files") printLine(":files");
  else for (const { value, description } of found) printLine(`${value}\t${description}`);
  return exitCodes.done;
}

/** Where there is no configuration that can be used, there is nothing to name. */
async function findSessions(config: string | undefined): Promise<readonly Candidate[]> {
  try {
    const { project } = await readConfig({
      cwd: process.cwd(),
      env: process.env,
      ...(config !== undefined && { configPath: config }),
    });
    const places = await listSessions(project.sessions);
    // Whoever names a folder must not get a command of theirs onto a person's command line.
    const names = places
      .map(({ handle }) => handle)
      .filter((name) => /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name));
    return names.map((value) => ({ value, description: "session" }));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [];
  }
}
