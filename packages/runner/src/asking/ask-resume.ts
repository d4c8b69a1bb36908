import type { Store } from "@samocode/core";
import { decide } from "../session/decision.ts";
import { readReport } from "../session/session-report.ts";
import { stateWords } from "../terminal/state-words.ts";
import { choose, tellBetween, write, type Asked } from "./prompt.ts";

const choices = [
  { value: "resume", label: "That is done: go on" },
  { value: "note", label: "Go on, with a note for the next agent" },
  { value: "later", label: "Decide later" },
] as const;

/** Lets the person send a session on that is blocked, or waits for something that they do outside. */
export async function askResume(store: Store, cancel: AbortSignal): Promise<Asked> {
  const { state, reason, next } = readReport(store, "");
  const why = state === "blocked" ? reason : next;
  if (why !== undefined) tellBetween(why);
  const message = state === "blocked" ? "The session is blocked" : `It ${stateWords(state)}`;
  for (;;) {
    const reply = await choose(choices, { message, cancel });
    if (reply.type === "overtaken") return "decided";
    if (reply.type === "interrupted") return "interrupted";
    if (reply.type === "skipped" || reply.value === "later") return "later";
    const note = reply.value === "note" ? await write({ message: "The note", cancel }) : undefined;
    if (note?.type === "skipped") continue;
    if (note?.type === "overtaken") return "decided";
    if (note?.type === "interrupted") return "interrupted";
    const { taken, to } = await decide(store, {
      type: "resume",
      ...(note !== undefined && { note: note.value.trim() }),
    });
    if (!taken) tellBetween(`That came too late. Where it is now: ${stateWords(to)}`);
    return "decided";
  }
}
