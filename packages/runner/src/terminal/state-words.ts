/** Where a session is, for people: the state of the machine in a few words. */
export function stateWords(state: string): string {
  return words[state] ?? state.replace(/^working\./, "");
}

const words: Readonly<Record<string, string>> = {
  "waiting.answers": "waits for answers",
  "waiting.approval": "waits for approval of the plan",
  "waiting.file": "waits for a file that a person brings up to date",
  "waiting.action": "waits for something that a person does",
  verifying: "the tests run",
  retrying: "waits before the next try",
  limited: "waits for the limit to end",
  finished: "done",
  paused: "ready to go on",
  failed: "failed after all retries",
};
