import { userInfo } from "node:os";
import type { PersonEvent } from "@samocode/core";
import { QuestionError } from "@samocode/core/overview";
import { formatTimestamp, openStore, type Store } from "@samocode/core/store";
import type {
  DecisionOutcome,
  GivenAnswer,
  InspectHost,
  SessionPlace,
  SessionReport,
} from "@samocode/inspect";
import {
  stateWords,
  answerQuestions,
  formatGoOn,
  decide,
  type DecisionResult,
  describeAnswer,
  describeLastDecision,
  formatResult,
  interruptRun,
  listSessions,
  readReportOrFault,
} from "@samocode/session";
import { claudeLog } from "@samocode/agent-claude";
import { openStreamFollower } from "@samocode/process";
import type { Config } from "../config/config.ts";

/** Makes what the page of `inspect` needs of the sessions of a project. */
export function createInspectHost({ project, settings }: Config): InspectHost {
  const by = `page:${userName()}`;
  const { maxRetries, budgetUsd } = settings;
  const open = ({ folder }: SessionPlace) => openStore(folder, project);
  return {
    limits: { maxRetries, ...(budgetUsd !== undefined && { budgetUsd }) },
    list: async () =>
      (await listSessions(project.sessions)).map(({ handle: name, folder }) => ({ name, folder })),
    report: reportOf,
    decide: (place, event) => decideAs(by, open(place), event),
    answer: (place, answers) => answerAs(by, place, open(place), answers),
    stop: async (place, atOnce) =>
      atOnce ? interrupt(place) : decideAs(by, open(place), { type: "stop" }),
    openLog: (path, tell) =>
      openStreamFollower(path, (line) => claudeLog.parseLine(line).forEach(tell)),
  };
}

function reportOf({ name, folder }: SessionPlace): SessionReport {
  const report = readReportOrFault(openStore(folder), name);
  const { waitingSince } = report;
  return {
    ...report,
    goOn: formatGoOn(name),
    outcome: formatResult(report),
    // Some of several answers are news, and it still waits for the others.
    ...(waitingSince !== undefined && { since: formatTimestamp(waitingSince) }),
  };
}

async function decideAs(by: string, store: Store, event: PersonEvent): Promise<DecisionOutcome> {
  const result = await decide(store, { ...event, by });
  if (result.taken) return taken(result);
  return refused(result.from, describeLastDecision(store));
}

async function answerAs(
  by: string,
  place: SessionPlace,
  store: Store,
  answers: readonly GivenAnswer[],
): Promise<DecisionOutcome> {
  try {
    const { open, late, result } = await answerQuestions(store, answers, { by });
    const notes = [
      ...late.map(({ id }) => `${id} keeps its earlier answer: ${firstToAnswer(store, id)}.`),
      ...(open.length === 0 ? [] : [`Still open: ${open.map(({ id }) => id).join(", ")}.`]),
    ];
    const outcome = taken(result);
    const note = [...notes, outcome.note ?? ""].join(" ").trim();
    return {
      taken: late.length < answers.length,
      state: result.to,
      ...(note !== "" && { note }),
    };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { taken: false, state: reportOf(place).state, note: error.message };
  }
}

/** As ^C in its terminal: the run stops its agent in the way that leaves nothing behind. */
function interrupt(place: SessionPlace): DecisionOutcome {
  const { type } = interruptRun(openStore(place.folder));
  return { taken: type === "sent", state: reportOf(place).state, note: interruptWords[type] };
}

const interruptWords = {
  sent: "The run was interrupted and is stopping its agent.",
  none: "The session is not running: nothing to stop.",
  elsewhere:
    "The session runs on another machine or in another container and cannot be stopped from here.",
  forbidden: "The run belongs to another user, who must stop it.",
  busy: "Another command is using the session. Try again.",
} as const;

function taken({ to, running }: DecisionResult): DecisionOutcome {
  if (!running) return { taken: true, state: to };
  return { taken: true, state: to, note: "The running session picks it up." };
}

function refused(state: string, last: string | undefined): DecisionOutcome {
  const before = last === undefined ? "" : `Decided before you: ${last}. `;
  const note = `${before}Nothing was changed. The session now: ${stateWords(state)}.`;
  return { taken: false, state, note };
}

function firstToAnswer(store: Store, id: string): string {
  return describeAnswer(store, id) ?? "it already has an answer";
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "a person";
  }
}
