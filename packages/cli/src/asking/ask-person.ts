import type { Store } from "@samocode/core/store";
import picocolors from "picocolors";
import type { Keyboard } from "../terminal/keyboard.ts";
import { hasColor } from "../terminal/output.ts";
import { askApproval } from "./ask-approval.ts";
import { askQuestions } from "./ask-questions.ts";
import { askResume } from "./ask-resume.ts";
import { createPrompter, type Asked } from "./prompter.ts";

/**
 * Asks the human at the terminal for what a session waits for in this state. If it is cancelled, because somebody has
 * decided elsewhere, the prompt goes away.
 */
export async function askPerson(
  store: Store,
  state: string,
  keyboard: Keyboard,
  cancel: AbortSignal,
): Promise<Asked> {
  const color = picocolors.createColors(hasColor(process.stderr));
  const prompter = createPrompter(process.stderr, keyboard, color);
  if (state === "waiting.answers") return await askQuestions(store, prompter, cancel);
  if (state === "waiting.approval") return await askApproval(store, prompter, cancel);
  return await askResume(store, prompter, cancel);
}
