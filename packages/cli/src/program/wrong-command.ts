import { printableText } from "@samocode/core/overview";
import { nearest } from "@samocode/session";

/**
 * Gives the command that was most likely meant by a first word that is none, or nothing.
 *
 * @example
 * nearestCommand("aprove", ["approve", "answer"]); // "approve"
 */
export function nearestCommand(word: string, commands: readonly string[]): string | undefined {
  if (word.startsWith("-") || commands.includes(word)) return undefined;
  return nearest(word, commands, Math.min(2, Math.floor(word.length / 3)));
}

/**
 * What is wrong with the command that help is asked for, with the nearest one that there is; nothing if it is there.
 *
 * @example
 * explainWrongHelp(["help", "aprove"], ["approve"]); // "cannot show help for `aprove`: expected a command; the nearest is `approve`"
 */
export function explainWrongHelp(
  words: readonly string[],
  commands: readonly string[],
): string | undefined {
  const [first, asked] = words;
  if (first !== "help" || asked === undefined || asked.startsWith("-")) return undefined;
  if (commands.includes(asked)) return undefined;
  return `cannot show help for \`${printableText(asked, 80)}\`: expected a command; the nearest is \`${nearest(asked, commands)}\``;
}

/**
 * What to tell a person whose first word is no command, though a command was meant: a session is named by one
 * word, and another one follows. Nothing if it may be a session.
 *
 * @param words What was typed.
 * @param commands The names of all commands.
 * @example
 * explainWrongCommand(["aprove", "login"], ["approve"]); // "there is no command `aprove`; did you mean `approve`?"
 */
export function explainWrongCommand(
  words: readonly string[],
  commands: readonly string[],
): string | undefined {
  const [first = "-", second = "-"] = words;
  if (first.startsWith("-") || second.startsWith("-") || commands.includes(first)) return undefined;
  const meant = nearestCommand(first, commands);
  return meant === undefined
    ? `there is no command \`${first}\`, and a session name is one word`
    : `there is no command \`${first}\`; did you mean \`${meant}\`?`;
}
