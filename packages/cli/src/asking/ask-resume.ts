import type { Store } from "@samocode/core/store";
import { decide, readReport, stateWords } from "@samocode/session";
import { askDecision, later } from "./ask-decision.ts";
import type { Question } from "./prompt-state.ts";
import type { Asked, Prompter } from "./prompter.ts";

/** Lets the human resume a session that is blocked, or waits for something that they do outside. */
export async function askResume(
  store: Store,
  prompter: Prompter,
  cancel: AbortSignal,
): Promise<Asked> {
  const { state, reason, next } = readReport(store, "");
  const isBlocked = state === "blocked";
  const question: Question = {
    message: isBlocked ? "The session is blocked" : `The session ${stateWords(state)}`,
    detail: isBlocked ? reason : next,
    choices: [
      later,
      {
        value: "resume",
        label: isBlocked ? "Resume the session" : "Done: resume the session",
      },
      { value: "note", label: "Resume it, with a note for the next agent", asks: "The note" },
    ],
  };
  const uses = [{ value: "note", label: "Resume the session, with this text as a note" }];
  const decided = await askDecision(prompter, question, uses, cancel);
  if (typeof decided === "string") return decided;
  const { taken, to } = await decide(store, {
    type: "resume",
    ...(decided.text !== undefined && { note: decided.text }),
  });
  if (!taken) prompter.note(`Too late: the session has moved on. Its state now: ${stateWords(to)}`);
  return "decided";
}
