import type { AgentActivity, Remedy, RunEvent } from "@samocode/core";
import { printableText } from "@samocode/core/overview";

/** One thing that the agent does or has done. */
export interface Deed {
  /** Of the tool call; empty for words. */
  readonly id: string;
  readonly text: string;
  readonly startedAt: number;
  readonly end?: "ok" | "error" | "said";
}

/** The iteration that runs, as far as its progress shows it. */
export interface ShownIteration {
  readonly type: "iteration";
  readonly phase: string;
  readonly number: number;
  readonly phaseIteration: number;
  readonly maxPhaseIterations: number;
  readonly attempt: "fresh" | "mend" | "adopt";
  readonly startedAt: number;
  readonly deadlineAt: number;
  /** What the paths of the agent begin with, and a person need not read each time. */
  readonly places: readonly string[];
  /** The newest, oldest first. */
  readonly deeds: readonly Deed[];
  /** When the agent last said or did something. */
  readonly heardAt: number;
  readonly turns: number;
  readonly tokens: number;
  readonly message: string;
  /** As its results tell it, so at its end. */
  readonly costUsd: number;
}

/** A person is waited for. */
export interface ShownWait {
  readonly type: "waiting";
  readonly state: string;
  readonly since: number;
  /** When a person must have acted, and what comes then. */
  readonly answerBy?: number | undefined;
  readonly remedy?: Remedy | undefined;
}

/** What goes on now. */
export type Shown =
  | ShownIteration
  | { readonly type: "tests"; readonly command: string; readonly startedAt: number }
  | { readonly type: "timer"; readonly state: string; readonly until: number }
  | ShownWait
  | { readonly type: "nothing" };

/** All that the progress of a session is made of. */
export interface ProgressState {
  readonly folder: string;
  readonly costUsd: number;
  readonly budgetUsd?: number | undefined;
  /** A person has asked the run to stop after what it is at. */
  readonly stopRequested?: boolean | undefined;
  readonly shown: Shown;
}

export const emptyProgress: ProgressState = {
  folder: "",
  costUsd: 0,
  shown: { type: "nothing" },
};

/** Deeds that are remembered. */
const maxDeeds = 3;

/** The progress after one more event, told at `at` (ms since 1970). */
export function followEvent(state: ProgressState, event: RunEvent, at: number): ProgressState {
  switch (event.type) {
    case "session.entered": {
      const { folder, costUsd, budgetUsd, stopRequested } = event;
      return { folder, costUsd, budgetUsd, stopRequested, shown: { type: "nothing" } };
    }
    case "iteration.started":
      return { ...state, shown: beginIteration(state, event) };
    case "agent":
      return state.shown.type === "iteration"
        ? { ...state, shown: followAgent(state.shown, event.event, at) }
        : state;
    case "tests.started":
      return { ...state, shown: { type: "tests", command: event.command, startedAt: at } };
    case "timer.started":
      return { ...state, shown: { type: "timer", state: event.state, until: event.until } };
    case "waiting":
      return { ...state, shown: waitOf(event, at) };
    case "session.moved":
      return followMove(state, event);
    case "session.rested":
      return { ...state, costUsd: event.costUsd, shown: { type: "nothing" } };
    case "signal.late":
    case "overview.unreadable":
    case "questions.unreadable":
    case "questions.restored":
    case "channel.failed":
      return state;
    case "run.lost":
      return { ...state, stopRequested: false };
  }
}

function followMove(
  state: ProgressState,
  { event, from, to, costUsd }: Extract<RunEvent, { type: "session.moved" }>,
): ProgressState {
  const isAtWork = to.startsWith("working.") || to === "verifying";
  // While the run is at work; one that waits ends at once.
  const stopRequested = isAtWork && (event === "stop" || state.stopRequested === true);
  if (isAtWork && from === to) return { ...state, stopRequested };
  return { ...state, costUsd, stopRequested, shown: { type: "nothing" } };
}

function waitOf(event: Extract<RunEvent, { type: "waiting" }>, at: number): ShownWait {
  const { state, answerBy, remedy } = event;
  return { type: "waiting", state, since: at, answerBy, remedy };
}

function beginIteration(
  { folder }: ProgressState,
  event: Extract<RunEvent, { type: "iteration.started" }>,
): ShownIteration {
  const { phase, iteration, phaseIteration, maxPhaseIterations, attempt } = event;
  const { startedAt, deadlineAt, workingDir } = event;
  return {
    type: "iteration",
    phase,
    number: iteration,
    phaseIteration,
    maxPhaseIterations,
    attempt,
    startedAt,
    deadlineAt,
    places: [`${workingDir}/`, `${folder}/`],
    deeds: [],
    heardAt: startedAt,
    turns: 0,
    tokens: 0,
    message: "",
    costUsd: 0,
  };
}

function followAgent(shown: ShownIteration, event: AgentActivity, at: number): ShownIteration {
  const heard = { ...countTurn(shown, event), heardAt: at };
  const deed = deedOf(shown, event, at);
  if (deed !== undefined) return { ...heard, deeds: [...heard.deeds, deed].slice(-maxDeeds) };
  switch (event.type) {
    case "usage": {
      const { input, output, cacheRead, cacheWrite } = event.tokens;
      return { ...heard, tokens: heard.tokens + input + output + cacheRead + cacheWrite };
    }
    case "toolResult": {
      const end = event.isError ? "error" : "ok";
      return {
        ...heard,
        deeds: heard.deeds.map((each) => (each.id === event.id ? { ...each, end } : each)),
      };
    }
    case "result":
      return { ...heard, costUsd: event.costUsd ?? heard.costUsd };
    default:
      return heard;
  }
}

function countTurn(shown: ShownIteration, event: AgentActivity): ShownIteration {
  if (!("message" in event) || event.subagent !== undefined || event.message === shown.message) {
    return shown;
  }
  return { ...shown, message: event.message, turns: shown.turns + 1 };
}

/** What an agent does with this event, if that is worth a line. */
export function deedOf(
  { places }: Pick<ShownIteration, "places">,
  event: AgentActivity,
  startedAt: number,
): Deed | undefined {
  const said = (text: string): Deed | undefined =>
    text === "" ? undefined : { id: "", text, startedAt, end: "said" };
  switch (event.type) {
    case "tool": {
      const target = places.reduce((text, place) => text.replaceAll(place, ""), event.target);
      const text = printableText(`${event.tool} ${target}`, 200);
      return { id: event.id, text, startedAt };
    }
    case "text":
      return said(firstLine(event.text));
    case "retry":
      return said(`waits for the API, attempt ${event.attempt} of ${event.maxRetries}`);
    case "fallback":
      return said(printableText(`continues with ${event.to} instead of ${event.from}`, 200));
    case "apiError":
      return said(printableText(event.text === "" ? event.error : event.text, 200));
    default:
      return undefined;
  }
}

/** The first line without the marks of Markdown: in one row they only stand in the way of the words. */
function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n");
  const words = line
    .replace(/^#{1,6}[ \t]+/, "")
    .replaceAll(/\*\*([^*]+)\*\*/g, "$1")
    .replaceAll(/`([^`]+)`/g, "$1");
  return printableText(words, 200);
}
