import { join } from "node:path";
import type { PersonEvent } from "@samocode/core";
import type { Plan, Store } from "@samocode/core/store";
import { decide, stateWords } from "@samocode/session";
import { formatPlan } from "../terminal/plan-view.ts";
import { askDecision, later, type Decided } from "./ask-decision.ts";
import type { Choice, Question } from "./prompt-state.ts";
import type { Asked, Prompter } from "./prompter.ts";

const question: Question = {
  message: "Approve this plan?",
  choices: [
    later,
    { value: "approve", label: "Approve the plan" },
    { value: "note", label: "Approve it, with a note for the next agent", asks: "The note" },
    {
      value: "reject",
      label: "Reject it, and say what should change",
      asks: "What should change?",
    },
    { value: "again", label: "Show the plan again" },
  ],
};

const uses: readonly Choice[] = [
  { value: "reject", label: "Reject the plan, with this text as the feedback" },
  { value: "note", label: "Approve the plan, with this text as a note for the next agent" },
];

/** Shows the plan and lets the human decide. What they approve is the plan that they were shown, and no other. */
export async function askApproval(
  store: Store,
  prompter: Prompter,
  cancel: AbortSignal,
): Promise<Asked> {
  let shown = showPlan(store, prompter);
  let draft = "";
  for (;;) {
    const decided = await askDecision(prompter, { ...question, draft }, uses, cancel);
    if (typeof decided === "string") return decided;
    const isOther = store.readPlan()?.hash !== shown?.hash;
    if (isOther || decided.value === "again") {
      if (isOther) prompter.note("The plan has changed meanwhile. This is the new one:");
      shown = showPlan(store, prompter);
      draft = decided.text ?? "";
      continue;
    }
    const { taken, to } = await decide(store, eventOf(decided, shown));
    if (!taken)
      prompter.note(`Too late: the session has moved on. Its state now: ${stateWords(to)}`);
    return "decided";
  }
}

function eventOf({ value, text }: Decided, plan: Plan | undefined): PersonEvent {
  if (value === "reject") return { type: "reject", feedback: text ?? "" };
  return {
    type: "approve",
    ...(plan !== undefined && { planHash: plan.hash }),
    ...(text !== undefined && { note: text }),
  };
}

function showPlan(store: Store, prompter: Prompter): Plan | undefined {
  const plan = store.readWholePlan();
  if (plan === undefined) prompter.note("There is no plan file in the session folder.");
  else {
    const path = join(store.folder, plan.file);
    prompter.print((view) => `\n${formatPlan(plan.parts, view)}\n\n${view.color.dim(path)}\n`);
  }
  return plan;
}
