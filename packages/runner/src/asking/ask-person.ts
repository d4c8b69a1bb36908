import type { Store } from "@samocode/core";
import { askApproval } from "./ask-approval.ts";
import { askQuestions } from "./ask-questions.ts";
import { askResume } from "./ask-resume.ts";
import type { Asked } from "./prompt.ts";

/**
 * Asks the person at the terminal for what a session waits for in this state. When it is cancelled, because
 * somebody has decided elsewhere, the prompt goes away.
 */
export async function askPerson(store: Store, state: string, cancel: AbortSignal): Promise<Asked> {
  if (state === "waiting.answers") return await askQuestions(store, cancel);
  if (state === "waiting.approval") return await askApproval(store, cancel);
  return await askResume(store, cancel);
}
