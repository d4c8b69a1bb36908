import { join } from "node:path";
import type { PersonEvent, Plan, Store } from "@samocode/core";
import picocolors from "picocolors";
import { decide } from "../session/decision.ts";
import { hasColor } from "../terminal/output.ts";
import { formatPlan } from "../terminal/plan-view.ts";
import { stateWords } from "../terminal/state-words.ts";
import { choose, tellBetween, write, type Asked, type Reply } from "./prompt.ts";

const choices = [
  { value: "approve", label: "Approve the plan" },
  { value: "note", label: "Approve it, with a note for the next agent" },
  { value: "reject", label: "Reject it, and say what is to be different" },
  { value: "again", label: "Show the plan again" },
  { value: "later", label: "Decide later" },
] as const;

/** Shows the plan and lets the person decide. What they approve is the plan that they were shown, and no other. */
export async function askApproval(store: Store, cancel: AbortSignal): Promise<Asked> {
  let shown = showPlan(store);
  for (;;) {
    const reply = await choose(choices, { message: "May this plan be carried out?", cancel });
    if (reply.type === "overtaken") return "decided";
    if (reply.type === "interrupted") return "interrupted";
    if (reply.type === "skipped" || reply.value === "later") return "later";
    const now = store.readPlan();
    if (now?.hash !== shown?.hash) {
      tellBetween("The plan has changed meanwhile. This is the new one:");
      shown = showPlan(store);
      continue;
    }
    if (reply.value === "again") {
      shown = showPlan(store);
      continue;
    }
    const made = await eventOf(reply.value, shown, cancel);
    if (made.type === "skipped") continue;
    if (made.type === "overtaken") return "decided";
    if (made.type === "interrupted") return "interrupted";
    const { taken, to } = await decide(store, made.value);
    if (!taken) tellBetween(`That came too late. Where it is now: ${stateWords(to)}`);
    return "decided";
  }
}

async function eventOf(
  choice: "approve" | "note" | "reject",
  plan: Plan | undefined,
  cancel: AbortSignal,
): Promise<Reply<PersonEvent>> {
  const approve = { type: "approve", ...(plan && { planHash: plan.hash }) } as const;
  if (choice === "approve") return { type: "given", value: approve };
  const message = choice === "note" ? "The note" : "What is to be different?";
  const words = await write({ message, cancel });
  if (words.type !== "given") return words;
  const text = words.value.trim();
  const value: PersonEvent =
    choice === "note" ? { ...approve, note: text } : { type: "reject", feedback: text };
  return { type: "given", value };
}

function showPlan(store: Store): Plan | undefined {
  const plan = store.readWholePlan();
  const { columns } = process.stderr;
  const color = picocolors.createColors(hasColor(process.stderr));
  if (plan === undefined) tellBetween("There is no plan file in the session folder.");
  else {
    const path = join(store.folder, plan.file);
    const text = formatPlan(plan.parts, { columns, color });
    process.stderr.write(`\n${text}\n\n${color.dim(path)}\n`);
  }
  return plan;
}
