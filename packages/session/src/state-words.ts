import { printableText } from "@samocode/core/overview";

/**
 * Where a session is, for people: the state of the machine in a few words. While an agent works it is the phase.
 *
 * @param state As a record tells it, so that it may be any text.
 * @example
 * stateWords("paused"); // "ready to continue"
 */
export function stateWords(state: string): string {
  if (Object.hasOwn(words, state)) return words[state] ?? "";
  return printableText(state.replace(/^working\./, ""), 60).replaceAll(".", " ");
}

const words: Readonly<Record<string, string>> = {
  "waiting.answers": "waits for answers",
  "waiting.approval": "waits for approval of the plan",
  "waiting.file": "waits for a file to be updated",
  "waiting.action": "waits for a manual step",
  verifying: "the tests run",
  retrying: "waits before the next attempt",
  limited: "waits for a usage limit to end",
  blocked: "blocked",
  finished: "done",
  paused: "ready to continue",
  failed: "failed after all retries",
};
