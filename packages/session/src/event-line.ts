import { autoApprover, type RunEvent } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import { formatMoment } from "@samocode/core/store";
import type { Colors } from "./colors.ts";
import { formatDuration, formatMoney } from "./figures.ts";
import { stateWords } from "./state-words.ts";

/** The longest text of an event that is shown, in characters; the history has it whole. */
const maxText = 500;

/** What an event says in a line that stays; nothing if it is not worth one. */
export function formatEvent(event: RunEvent, color: Colors): string | undefined {
  switch (event.type) {
    case "session.entered":
      return `${color.bold("samocode")} ${printableText(event.folder, maxText)}`;
    case "iteration.started":
      return `${color.cyan(event.phase)} iteration ${event.iteration}${attempts[event.attempt]}`;
    case "signal.late":
      return `${color.yellow("stale signal")} no iteration asked for it; moved to ${printableText(event.file, maxText)}`;
    case "session.moved":
      return formatMove(event, color);
    case "tests.started":
      return `${color.cyan("tests")} ${printableText(event.command, maxText)}`;
    case "timer.started":
      return `${color.yellow(stateWords(event.state))}, until ${formatMoment(event.until)}`;
    case "waiting":
      return `${color.yellow(stateWords(event.state))}; continues as soon as you have acted`;
    case "questions.restored":
      return `${color.yellow("restored")} ${formatRestored(event)}`;
    case "questions.unreadable":
    case "overview.unreadable":
      return `${color.yellow("cannot continue yet")} ${printableText(event.message, maxText)}`;
    case "channel.failed":
      return `${color.yellow("channel")} ${printableText(event.message, maxText)}`;
    case "run.lost":
      return `${color.yellow("the runner exited")}; its agent keeps working`;
    case "agent":
    case "session.rested":
      return undefined;
  }
}

function formatRestored({
  questions,
  answers,
}: Extract<RunEvent, { type: "questions.restored" }>): string {
  const parts = [
    questions.length === 0 ? "" : `${questions.join(", ")} disappeared from _qa.md`,
    answers.length === 0
      ? ""
      : `${answers.join(", ")} lost ${answers.length === 1 ? "its answer" : "their answers"} in _qa.md`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

const attempts = {
  fresh: "",
  mend: ": the agent is asked to repair its signal",
  adopt: ": reattached after its runner exited",
} as const;

function formatMove(
  { spent, ...move }: Extract<RunEvent, { type: "session.moved" }>,
  color: Colors,
): string | undefined {
  // What follows says the same: an iteration or a wait begins.
  if (move.event === "run" && isWorking(move.to) && move.by === undefined) return undefined;
  return formatHappening({ ...move, ...spentOf(spent) }, color);
}

function spentOf({ durationMs, costUsd }: { durationMs?: number; costUsd?: number } = {}) {
  return { durationMs, iterationCostUsd: costUsd };
}

/** Something that happened to a session, as far as it is known. */
export interface ToldHappening {
  readonly event: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by?: string | undefined;
  readonly message?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly iterationCostUsd?: number | undefined;
  readonly commits?: readonly string[] | undefined;
}

/** What happened, who did it, where that led, what it took and why, on one line. */
export function formatHappening(happening: ToldHappening, color: Colors): string {
  const { event, from, to, by, message, durationMs, iterationCostUsd, commits = [] } = happening;
  // A conversation that goes on after its signal was sent back to it.
  const isRefused =
    event.startsWith("signal.") && from === to && message !== undefined && isWorking(to);
  const word = isRefused ? "signal.invalid" : event;
  const paint = paintOf(word, color);
  const isApproval = by === autoApprover;
  const who = by === undefined || isApproval ? "" : ` by ${printableText(by, 60)}`;
  const what = words[word] ?? printableText(event, 60);
  const led = to === undefined || from === to ? what : stateWords(to);
  const where = led === what ? "" : ` → ${led}`;
  const figures = [
    durationMs === undefined ? "" : formatDuration(durationMs),
    iterationCostUsd === undefined ? "" : formatMoney(iterationCostUsd),
    commits.length === 0 ? "" : `${commits.length} ${commits.length === 1 ? "commit" : "commits"}`,
  ].filter((part) => part !== "");
  return [
    `${paint(what)}${who}${where}`,
    isApproval ? `, the plan approved by ${autoApprover}` : "",
    figures.length === 0 ? "" : color.dim(` (${figures.join(", ")})`),
    message === undefined ? "" : ` — ${printableText(message, maxText)}`,
  ].join("");
}

function isWorking(state = ""): boolean {
  return state.startsWith("working.");
}

/** What happened, in a word or two; other events are called by their names. */
const words: Readonly<Record<string, string>> = {
  created: "created",
  run: "continues",
  unanswered: "timed out waiting",
  "signal.continue": "finished",
  "signal.waiting": "asks",
  "signal.blocked": "blocked",
  "signal.done": "done",
  "signal.invalid": "signal refused",
  "agent.failed": "the agent failed",
  "agent.timedOut": "iteration timed out",
  "agent.stalled": "the agent went silent",
  "agent.limited": "limit reached",
  "agent.overBudget": "over budget",
  "agent.outOfTurns": "out of turns",
  "agent.interrupted": "interrupted",
  "agent.lost": "the agent was lost",
  "overview.unreadable": "the overview cannot be read",
  "tests.passed": "tests passed",
  "tests.failed": "tests failed",
  answer: "answered",
  approve: "approved",
  reject: "rejected",
  resume: "resumed",
  stop: "stop requested",
  edit: "edited",
  "edit.stale":
    "an old copy of the overview was saved: its Status lines are reverted, all else is kept",
  wake: "the wait is over",
  // What `wake` is in records of older versions.
  backOff: "tries again",
  limitReset: "the limit is over",
};

function paintOf(event: string, color: Colors): (text: string) => string {
  if (/^(?:agent\.|signal\.invalid|overview\.|tests\.failed|reject)/.test(event)) return color.red;
  return /^signal\.(?:waiting|blocked)$/.test(event) ? color.yellow : color.green;
}
