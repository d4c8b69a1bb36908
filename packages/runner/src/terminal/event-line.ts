import type { RunEvent } from "@samocode/core";
import type { Colors } from "./output.ts";
import { printableText } from "../claude/printable-text.ts";
import { formatDuration, formatMoney } from "./figures.ts";
import { stateWords } from "./state-words.ts";

/** The longest text of an event that is shown, in characters; the history has it whole. */
const maxText = 500;

/** What an event says in a line that stays; nothing where it is not worth one. */
export function formatEvent(event: RunEvent, color: Colors): string | undefined {
  switch (event.type) {
    case "session.entered":
      return `${color.bold("samocode")} ${printableText(event.folder, maxText)}`;
    case "iteration.started":
      return `${color.cyan(event.phase)} iteration ${event.iteration}${attempts[event.attempt]}`;
    case "signal.late":
      return `${color.yellow("late signal")} nobody waited for it; moved to ${printableText(event.file, maxText)}`;
    case "session.moved":
      return formatMove(event, color);
    case "tests.started":
      return `${color.cyan("verifying")} ${printableText(event.command, maxText)}`;
    case "timer.started":
      return `${color.yellow(event.state)} until ${new Date(event.until).toLocaleString()}`;
    case "waiting":
      return `${color.yellow(stateWords(event.state))}; goes on by itself as soon as a person has acted`;
    case "overview.unreadable":
      return `${color.yellow("cannot go on yet")} ${printableText(event.message, maxText)}`;
    case "channel.failed":
      return `${color.yellow("channel")} ${printableText(event.message, maxText)}`;
    case "run.lost":
      return `${color.yellow("the run has died")}; its agent works on alone`;
    case "agent":
    case "session.rested":
      return undefined;
  }
}

const attempts = {
  fresh: "",
  mend: ": the agent is asked to mend its signal",
  adopt: ": taken over from a run that died",
} as const;

type Move = Extract<RunEvent, { type: "session.moved" }>;

function formatMove(move: Move, color: Colors): string | undefined {
  const { event, from, to, message, by, spent, commits = [] } = move;
  // What follows says the same: an iteration or a wait begins.
  if (event === "run" && to.startsWith("working.")) return undefined;
  const paint = paintOf(event, color);
  const who = by === undefined ? "" : ` by ${printableText(by, 60)}`;
  const where = from === to ? "" : ` → ${stateWords(to)}`;
  const figures = [
    spent?.durationMs === undefined ? "" : formatDuration(spent.durationMs),
    spent?.costUsd === undefined ? "" : formatMoney(spent.costUsd),
    commits.length === 0 ? "" : `${commits.length} ${commits.length === 1 ? "commit" : "commits"}`,
  ].filter((part) => part !== "");
  return [
    `${paint(words[event] ?? event)}${who}${where}`,
    figures.length === 0 ? "" : color.dim(` (${figures.join(", ")})`),
    message === undefined ? "" : ` — ${printableText(message, maxText)}`,
  ].join("");
}

/** What happened, in a word or two; other events are called by their names. */
const words: Readonly<Record<string, string>> = {
  run: "goes on",
  unanswered: "nobody has acted in time",
  "signal.continue": "finished",
  "signal.waiting": "asks",
  "signal.blocked": "blocked",
  "signal.done": "finished",
  "signal.invalid": "signal refused",
  "agent.failed": "the agent failed",
  "agent.timedOut": "time is over",
  "agent.stalled": "the agent went silent",
  "agent.limited": "limit reached",
  "agent.overBudget": "over budget",
  "agent.outOfTurns": "out of turns",
  "agent.interrupted": "interrupted",
  "agent.lost": "the agent is lost",
  "overview.unreadable": "the overview cannot be read",
  "tests.passed": "tests passed",
  "tests.failed": "tests failed",
  answer: "answered",
  approve: "approved",
  reject: "rejected",
  resume: "resumed",
  stop: "asked to stop",
  edit: "edited",
  backOff: "tries again",
  limitReset: "the limit is over",
};

function paintOf(event: string, color: Colors): (text: string) => string {
  if (/^(?:agent\.|signal\.invalid|overview\.|tests\.failed|reject)/.test(event)) return color.red;
  return /^signal\.(?:waiting|blocked)$/.test(event) ? color.yellow : color.green;
}
