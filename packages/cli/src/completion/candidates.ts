import { phases } from "@samocode/core";
import type { Argument, Command, Option } from "commander";

/** One thing that may be typed next. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What may be typed next, or that it is the name of a file. */
export type Candidates = readonly Candidate[] | "files";

/** What the words of a command line ask for that only the disk knows. */
export interface CandidateSources {
  /** The names of the sessions that a command may be called for; `config` as given with `--config`. */
  readonly sessions: (config: string | undefined, command: string) => Promise<readonly Candidate[]>;
  /** The answers that may be given to the open questions of a session: `Q1=A`. */
  readonly answers: (config: string | undefined, session: string) => Promise<readonly Candidate[]>;
}

/**
 * What may stand where the last of the words is, all of which begins as that word does.
 *
 * @param words What was typed after the name of the program; the last one may be empty.
 */
export async function findCandidates(
  program: Command,
  words: readonly string[],
  sources: CandidateSources,
): Promise<Candidates> {
  const { id, rest } = splitAnswer(words);
  const line = readLine(program, joinEquals(rest));
  const found = await offer(program, line, sources);
  if (found === "files") return found;
  const current = `${id}${line.current}`.toLowerCase();
  const fitting = found.filter(({ value }) =>
    id === "" ? value.startsWith(line.current) : value.toLowerCase().startsWith(current),
  );
  return fitting.map((one) => ({ ...one, value: one.value.slice(id.length) }));
}

/** A command line up to the word that is being typed. */
interface Line {
  readonly command: Command;
  /** Whether the name of the command was typed: without it, it is `run`. */
  readonly isNamed: boolean;
  readonly positionals: readonly string[];
  /** The option whose value is being typed. */
  readonly option: Option | undefined;
  readonly config: string | undefined;
  readonly current: string;
}

async function offer(
  program: Command,
  { command, isNamed, positionals, option, config, current }: Line,
  { sessions, answers }: CandidateSources,
): Promise<Candidates> {
  if (option !== undefined) return valuesOf(option);
  if (current.startsWith("-")) {
    const options = command.createHelp().visibleOptions(command);
    return options.map(({ long, short, description }) => ({
      value: long ?? short ?? "",
      description,
    }));
  }
  const argument = argumentAt(command, positionals.length);
  const values = argument?.argChoices?.map(undescribed) ?? [];
  const [session = "", ...given] = positionals;
  if (argument?.name() === "answers") {
    const offered = await answers(config, session);
    return offered.filter(({ value }) => !given.some((one) => isSameQuestion(one, value)));
  }
  const names = argument?.name() === "session" ? await sessions(config, command.name()) : values;
  if (isNamed || positionals.length > 0) return names;
  const commands = program.createHelp().visibleCommands(program);
  return [
    ...commands.map((each) => ({
      value: each.name(),
      description: each.summary() || each.description(),
    })),
    ...names,
  ];
}

function readLine(program: Command, words: readonly string[]): Line {
  const typed = words.slice(0, -1);
  let command = findCommand(program, "run") ?? program;
  let isNamed = false;
  let config: string | undefined;
  let option: Option | undefined;
  const positionals: string[] = [];
  for (const word of typed) {
    if (option !== undefined) {
      if (option.long === "--config") config = word;
      option = undefined;
    } else if (word.startsWith("-")) {
      option = command.options.find(({ long, short }) => long === word || short === word);
      if (option?.required !== true) option = undefined;
    } else if (!isNamed && positionals.length === 0 && findCommand(program, word) !== undefined) {
      command = findCommand(program, word) ?? command;
      isNamed = true;
    } else positionals.push(word);
  }
  return { command, isNamed, positionals, option, config, current: words.at(-1) ?? "" };
}

function isSameQuestion(one: string, other: string): boolean {
  return idOf(one) === idOf(other);
}

function idOf(answer: string): string {
  return answer.split("=", 1).join("").toUpperCase();
}

/** Bash takes `Q1`, `=` and `A` for words of their own, and puts what is chosen in the place of the last one. */
function splitAnswer(words: readonly string[]): {
  readonly id: string;
  readonly rest: readonly string[];
} {
  const at = words.at(-1) === "=" ? words.length - 1 : words.length - 2;
  const before = words[at - 1] ?? "";
  if (words[at] !== "=" || !/^Q\d+$/i.test(before)) return { id: "", rest: joinAnswers(words) };
  const current = words.at(-1) === "=" ? "" : (words.at(-1) ?? "");
  return { id: `${before}=`, rest: [...joinAnswers(words.slice(0, at - 1)), current] };
}

/** The answers before the last word are one word again. */
function joinAnswers(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const [before = "", equals] = joined.slice(-2);
    if (equals === "=" && /^Q\d+$/i.test(before)) joined.splice(-2, 2, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

/** Bash takes the `=` of `--phase=planning` for a word. */
function joinEquals(words: readonly string[]): readonly string[] {
  const [last = "", ...before] = words.toReversed();
  return [...before.toReversed().filter((word) => word !== "="), last === "=" ? "" : last];
}

function findCommand(program: Command, name: string): Command | undefined {
  return program.commands.find((each) => each.name() === name);
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const all = command.registeredArguments;
  return all[index] ?? (all.at(-1)?.variadic === true ? all.at(-1) : undefined);
}

function valuesOf({ flags, argChoices }: Option): Candidates {
  if (/path/i.test(flags)) return "files";
  return (argChoices ?? (flags.includes("<phase>") ? phases : [])).map(undescribed);
}

function undescribed(value: string): Candidate {
  return { value, description: "" };
}
