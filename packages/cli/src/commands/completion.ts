import { openQuestions, printableText } from "@samocode/core/overview";
import { openStore, StoreError } from "@samocode/core/store";
import type { Command } from "commander";
import { findCandidates, type Candidate } from "../completion/candidates.ts";
import { formatShellScript, type Shell } from "../completion/shell-script.ts";
import { fitsCommand, isLookedInto } from "../completion/session-fit.ts";
import { readConfig } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Project } from "../config/project.ts";
import {
  listArchived,
  findSession,
  listSessions,
  type SessionPlace,
  SessionNameError,
  readReportOrFault,
  exitCodes,
} from "@samocode/session";
import { printLine } from "../terminal/output.ts";

/** Prints the script that teaches a shell what can be typed. */
export function printCompletion(shell: Shell): number {
  printLine(formatShellScript(shell, process.argv[1] ?? "samocode-run").trimEnd());
  return exitCodes.done;
}

/** Prints what may be typed next, one a line with its description after a tab, or `:files`. */
export async function complete(program: Command, words: readonly string[]): Promise<number> {
  const found = await findCandidates(program, words, {
    sessions: (config, command) => inProject(config, (project) => findSessions(project, command)),
    answers: (config, session) => inProject(config, (project) => findAnswers(project, session)),
  });
  if (found === "files") printLine(":files");
  else for (const { value, description } of found) printLine(`${value}\t${description}`);
  return exitCodes.done;
}

/** Without a configuration that can be used there is nothing to name. */
async function inProject(
  config: string | undefined,
  find: (project: Project) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  try {
    const { project } = await readConfig({
      cwd: process.cwd(),
      env: process.env,
      ...(config !== undefined && { configPath: config }),
    });
    return await find(project);
  } catch (error) {
    const isOurs = [ConfigError, SessionNameError, StoreError].some((one) => error instanceof one);
    if (!isOurs) throw error;
    return [];
  }
}

async function findSessions({ sessions }: Project, command: string): Promise<readonly Candidate[]> {
  const places = await (command === "restore" ? listArchived : listSessions)(sessions);
  const fits = ({ folder, handle }: SessionPlace): boolean =>
    !isLookedInto(command) || fitsCommand(readReportOrFault(openStore(folder), handle), command);
  // Whoever names a folder must not get a command of theirs onto a person's command line.
  return places
    .filter(({ handle }) => /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(handle))
    .filter(fits)
    .map(({ handle }) => ({ value: handle, description: "session" }));
}

/** One candidate for each option of each open question. */
async function findAnswers({ sessions }: Project, argument: string): Promise<readonly Candidate[]> {
  const place = await findSession({ argument, sessions, cwd: process.cwd(), now: new Date() });
  const questions = openQuestions(openStore(place.folder).readQuestions() ?? "");
  return questions.flatMap(({ id, options }) =>
    options.map(({ letter, text }) => ({
      value: `${id}=${letter}`,
      description: printableText(text, 60),
    })),
  );
}
