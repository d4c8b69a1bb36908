import { userInfo } from "node:os";
import { openStore, QuestionError, type PersonEvent } from "@samocode/core";
import type { DecisionOutcome, InspectHost, SessionPlace } from "@samocode/inspect";
import { parseStreamLine } from "../claude/stream.ts";
import { isActivity } from "../claude/stream-event.ts";
import { openStreamFollower } from "../claude/stream-follower.ts";
import type { Config } from "../config/config.ts";
import { answerQuestions } from "./answer-questions.ts";
import { decide } from "./decision.ts";
import { interruptRun } from "./run-interrupt.ts";
import { listSessions } from "./session-folder.ts";
import { readReportOrFault } from "./session-report.ts";

/** Makes what the page of `inspect` needs of the sessions of a project. */
export function createInspectHost({ project, settings }: Config): InspectHost {
  const by = `page:${userName()}`;
  const { maxRetries, budgetUsd } = settings;
  return {
    limits: { maxRetries, ...(budgetUsd !== undefined && { budgetUsd }) },
    list: async () =>
      (await listSessions(project.sessions)).map(({ handle: name, folder }) => ({ name, folder })),
    report: ({ name, folder }) => readReportOrFault(openStore(folder), name),
    decide: (place, event) => decideAs(by, place, event),
    answer: async ({ folder }, answers) => {
      try {
        const { open, late, result } = await answerQuestions(openStore(folder), answers, { by });
        return {
          taken: late.length < answers.length,
          state: result.to,
          ...noteOf(
            late.map(({ id }) => id),
            open.map(({ id }) => id),
          ),
        };
      } catch (error) {
        if (!(error instanceof QuestionError)) throw error;
        return {
          taken: false,
          state: readReportOrFault(openStore(folder), "").state,
          note: error.message,
        };
      }
    },
    stop: async (place, atOnce) => {
      const outcome = await decideAs(by, place, { type: "stop" });
      if (!atOnce || !outcome.taken) return outcome;
      return interruptRun(openStore(place.folder)).type === "sent"
        ? { ...outcome, note: "The run was asked to stop at once." }
        : {
            ...outcome,
            note: "It cannot be stopped at once from here; it stops after this iteration.",
          };
    },
    openLog: (path, tell) =>
      openStreamFollower(path, (line) => {
        for (const event of parseStreamLine(line)) if (isActivity(event)) tell(event);
      }),
  };
}

async function decideAs(
  by: string,
  { folder }: SessionPlace,
  event: PersonEvent,
): Promise<DecisionOutcome> {
  const { taken, to } = await decide(openStore(folder), { ...event, by });
  return { taken, state: to };
}

function noteOf(late: readonly string[], open: readonly string[]): { readonly note?: string } {
  const notes = [
    ...(late.length === 0
      ? []
      : [`${late.join(", ")}: somebody else has answered first, and that counts.`]),
    ...(open.length === 0 ? [] : [`Still open: ${open.join(", ")}.`]),
  ];
  return notes.length === 0 ? {} : { note: notes.join(" ") };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "a person";
  }
}
