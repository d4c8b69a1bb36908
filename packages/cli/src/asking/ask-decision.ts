import type { Choice, Question } from "./prompt-state.ts";
import type { Prompter } from "./prompter.ts";

/** Decides nothing: a decision that was not meant is worse than one that comes later. */
export const later: Choice = { value: "later", label: "Decide later" };

const change: Choice = { value: "change", label: "Change the text", asks: "The text" };
const back: Choice = { value: "back", label: "Back, without deciding" };

/** A choice that was made, with the text that belongs to it. */
export interface Decided {
  readonly value: string;
  readonly text?: string;
}

/**
 * Asks for a decision. A text that the human just began to write, as a typed `no`, decides nothing by itself: they are
 * asked which of these choices it belongs to.
 */
export async function askDecision(
  prompter: Prompter,
  question: Question,
  uses: readonly Choice[],
  cancel: AbortSignal,
): Promise<Decided | "decided" | "later" | "interrupted"> {
  let draft = question.draft ?? "";
  for (;;) {
    const end = await prompter.ask({ ...question, draft }, cancel);
    if (end.type === "overtaken") return "decided";
    if (end.type === "interrupted") return "interrupted";
    if (end.type === "skipped") return "later";
    if (end.type === "chosen") return end.value === later.value ? "later" : { value: end.value };
    if (end.as !== undefined) return { value: end.as, text: end.text };
    const use = await askUse(prompter, end.text, uses, cancel);
    if (typeof use === "string") return use;
    if (use.value !== back.value) return use;
    draft = use.text ?? "";
  }
}

async function askUse(
  prompter: Prompter,
  written: string,
  uses: readonly Choice[],
  cancel: AbortSignal,
): Promise<Decided | "decided" | "interrupted"> {
  let text = written;
  for (;;) {
    const end = await prompter.ask(
      {
        message: "What is this text for?",
        detail: text,
        choices: [change, ...uses, back],
        draft: text,
      },
      cancel,
    );
    if (end.type === "overtaken") return "decided";
    if (end.type === "interrupted") return "interrupted";
    if (end.type === "skipped") return { value: back.value, text };
    if (end.type === "chosen") return { value: end.value, text };
    ({ text } = end);
  }
}
