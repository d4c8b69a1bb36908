import { QuestionError } from "./qa-answer.ts";
import type { Question, QuestionOption } from "./qa.ts";

/**
 * What to write for an answer as a person gives it: a letter alone is that option, with its text, so that
 * an agent that reads it needs no table. All else is taken as it is.
 *
 * @throws {QuestionError} When the question offers options and the letter is none of them.
 * @example
 * chooseAnswer({ id: "Q1", title: "Where?", options: [{ letter: "A", text: "here" }], line: 1 }, "a"); // "A) here"
 */
export function chooseAnswer({ id, options }: Question, words: string): string {
  const letter = /^\(?([a-z])[).]?$/i.exec(words.trim())?.[1]?.toUpperCase();
  if (letter === undefined || options.length === 0) return words;
  const option = options.find((each) => each.letter === letter);
  if (option !== undefined) return formatOption(option);
  const expected = `${options.map(formatOption).join(", ")}, or an answer in your own words`;
  throw new QuestionError({ id, found: `\`${words.trim()}\``, expected });
}

/**
 * What to write where a person takes the suggestion: the option with its text, and what the agent said for it.
 * Nothing if there is no suggestion.
 *
 * @example
 * suggestedAnswer({ id: "Q1", title: "Where?", options: [{ letter: "A", text: "here" }], suggestion: { letter: "A", text: "A - near" }, line: 1 }); // "A) here - near"
 */
export function suggestedAnswer({ options, suggestion }: Question): string | undefined {
  if (suggestion === undefined) return undefined;
  const { letter, text } = suggestion;
  const option = options.find((each) => each.letter === letter);
  // "A week" may be no letter at all: only what is set off from the letter is a reason.
  const [, named, reason = ""] =
    /^\(?([a-z])\)?(?:$|(?:\s*[).:,]|\s+[–—-])+\s*(.*)$)/is.exec(text) ?? [];
  if (option?.text.toLowerCase() === text.toLowerCase()) return formatOption(option);
  if (option === undefined || named?.toUpperCase() !== letter) return text;
  if (reason === "") return formatOption(option);
  const isWhole = reason.toLowerCase().startsWith(option.text.toLowerCase());
  return isWhole ? `${option.letter}) ${reason}` : `${formatOption(option)} - ${reason}`;
}

function formatOption({ letter, text }: QuestionOption): string {
  return `${letter}) ${text}`;
}
