import type { Command } from "commander";
import { createProgram } from "../../src/program/program.ts";

const program = createProgram(() => {});

/** What is wrong with a line that a text tells to type: no such command, no such flag, too many words. */
export function findTypingProblem(line: string): string | undefined {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)?.slice(1) ?? [];
  if (words.length === 0) return undefined;
  const command = program.commands.find((each) => each.name() === words[0]);
  const rest = command === undefined ? words : words.slice(1);
  // The word `run` may be left out; then a name in capitals follows, which stands for a session.
  if (command === undefined && !/^[A-Z]+$/.test(words[0] ?? ""))
    return `no command \`${words[0]}\``;
  return findFlagProblem(command ?? findRun(), rest);
}

/** True if the program has a command of this name. */
export function isCommand(name: string): boolean {
  return program.commands.some((each) => each.name() === name);
}

/** True if some command has the flag. */
export function isFlag(flag: string): boolean {
  return program.commands.some(({ options }) => options.some(({ long }) => long === flag));
}

function findRun(): Command {
  const run = program.commands.find((each) => each.name() === "run");
  if (run === undefined) throw new Error("the program has no command `run`");
  return run;
}

function findFlagProblem(command: Command, words: readonly string[]): string | undefined {
  let values = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      values++;
      continue;
    }
    const option = command.options.find(({ long, short }) => long === word || short === word);
    if (option === undefined) return `\`${command.name()}\` has no flag \`${word}\``;
    const isGiven = words[at + 1]?.startsWith("-") === false;
    if (option.required && !isGiven) return `\`${command.name()}\` needs a value after \`${word}\``;
    if (isGiven && (option.required || option.optional)) at++;
  }
  const taken = command.registeredArguments;
  if (values > taken.length && taken.at(-1)?.variadic !== true) {
    return `\`${command.name()}\` takes ${taken.length} words, not ${values}`;
  }
  const needed = taken.filter(({ required }) => required).length;
  return values < needed ? `\`${command.name()}\` needs ${needed} words` : undefined;
}
