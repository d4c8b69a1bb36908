import { printableText } from "@samocode/core/overview";

/**
 * Where a session is, for people: the state of the machine in a few words. While an agent works it is the phase.
 *
 * @param state As a record tells it, so that it may be any text.
 * @example
 * stateWords("paused"); // "ready to go on"
 */
export function stateWords(state: string): string {
  if (Object.hasOwn(words, state)) return words[state] ?? "";
  return printableText(state.replace(/^working\./, ""), 60).replaceAll(".", " ");
}

const words: Readonly<Record<string, string>> = {
  "waiting.answers": "waits for answers",
  "waiting.approval": "waits for approval of the plan",
  "waiting.file": "waits for a file that a person brings up to date",
  "waiting.action": "waits for something that a person does",
  verifying: "the tests run",
  retrying: "waits before the next try",
  limited: "waits for the limit to end",
  blocked: "blocked",
  finished: "done",
  paused: "ready to go on",
  failed: "failed after all retries",
};
