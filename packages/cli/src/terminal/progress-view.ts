import {
  type Colors,
  formatDuration,
  formatMoney,
  formatTime,
  formatTokens,
  cutToWidth,
  stateWords,
} from "@samocode/session";
import { remedyWords } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import type { Deed, ProgressState, Shown, ShownIteration, ShownWait } from "./progress-state.ts";

/** Where and how the block is shown. */
export interface View {
  readonly columns: number;
  readonly rows: number;
  /** Unix time in ms. */
  readonly now: number;
  readonly color: Colors;
  /** The entries of the Flow Log, oldest first. */
  readonly flowLog: readonly string[];
}

/** A thing of longer than this is told with its time, in ms. */
const longMs = 10_000;

/** Short, so that it stays one row if the terminal becomes narrower. */
const ruleColumns = 40;

/** The block below the lines that stay: what goes on now, in a few rows of at most the terminal's width. */
export function formatBlock(state: ProgressState, view: View): readonly string[] {
  const { color, columns, rows } = view;
  const lines = linesOf(state, view);
  if (lines.length === 0) return [];
  const rule = { text: "─".repeat(ruleColumns), paint: color.dim };
  const log = view.flowLog
    .slice(rows < 20 ? -1 : -3)
    .map((entry) => ({ text: `  │ ${printableText(entry, 400)}`, paint: color.dim }));
  // A block that fills the terminal would leave no room for what has happened.
  const shown = rows < 12 ? lines.slice(0, Math.max(1, rows - 4)) : [rule, ...lines, ...log];
  return shown.map(({ text, paint }) => paint(cutToWidth(text, columns - 1)));
}

interface Line {
  readonly text: string;
  readonly paint: (text: string) => string;
}

function linesOf(state: ProgressState, view: View): readonly Line[] {
  const { color, now } = view;
  const { shown } = state;
  switch (shown.type) {
    case "iteration":
      return iterationLines(state, shown, view);
    case "tests":
      return [
        { text: `tests · ${formatDuration(now - shown.startedAt)}`, paint: color.cyan },
        ...stopLines(state, color),
        { text: `  › ${printableText(shown.command, 400)}`, paint: String },
      ];
    case "timer":
      return [{ text: timerText(shown, now), paint: color.yellow }];
    case "waiting":
      return [
        {
          text: `${stateWords(shown.state)} · for ${formatDuration(now - shown.since)}`,
          paint: color.yellow,
        },
        { text: `  ${patienceText(shown, now)}`, paint: color.dim },
      ];
    case "nothing":
      return [];
  }
}

const attempts = {
  fresh: "",
  mend: "repairs its signal",
  adopt: "reattached after its runner exited",
} as const;

function iterationLines(
  state: ProgressState,
  shown: ShownIteration,
  { color, now, rows }: View,
): readonly Line[] {
  const { costUsd, budgetUsd } = state;
  const { phase, number, phaseIteration, maxPhaseIterations, attempt, turns, tokens } = shown;
  const left = shown.deadlineAt - now;
  const head = [
    phase,
    `iteration ${number} (${phaseIteration} of ${maxPhaseIterations})`,
    `${formatDuration(now - shown.startedAt)}, ${left > 0 ? `${formatDuration(left)} left` : "out of time"}`,
    attempts[attempt],
  ];
  const spent = costUsd + shown.costUsd;
  const figures = [
    `${turns} ${turns === 1 ? "turn" : "turns"}`,
    formatTokens(tokens),
    `${formatMoney(spent)}${budgetUsd === undefined ? "" : ` of ${formatMoney(budgetUsd)}`}`,
  ];
  return [
    { text: joined(head), paint: color.cyan },
    ...stopLines(state, color),
    { text: `  ${joined(figures)}`, paint: String },
    ...deedLines(shown, now, color).slice(rows < 20 ? -1 : 0),
  ];
}

function stopLines({ stopRequested }: ProgressState, color: Colors): readonly Line[] {
  return stopRequested === true
    ? [{ text: "  stops after this iteration", paint: color.yellow }]
    : [];
}

const marks = { ok: "✓", error: "✗", said: "–" } as const;

function deedLines({ deeds, heardAt }: ShownIteration, now: number, color: Colors): Line[] {
  const done = deeds.map(({ text, startedAt, end }: Deed) =>
    end === undefined
      ? { text: `  › ${text}${lasting(now - startedAt)}`, paint: color.bold }
      : { text: `  ${marks[end]} ${text}`, paint: color.dim },
  );
  if (deeds.some(({ end }) => end === undefined)) return done;
  const doing = deeds.length === 0 ? "starts" : "thinks";
  return [...done, { text: `  › ${doing}${lasting(now - heardAt)}`, paint: color.bold }];
}

function lasting(ms: number): string {
  return ms < longMs ? "" : `  (${formatDuration(ms)})`;
}

function timerText({ state, until }: Extract<Shown, { type: "timer" }>, now: number): string {
  const left = Math.max(0, until - now);
  const what = state === "limited" ? "usage limit reached, continues" : "tries again";
  return `${what} in ${formatDuration(left)}, at ${formatTime(until)}`;
}

function patienceText({ answerBy, remedy }: ShownWait, now: number): string {
  if (answerBy === undefined || remedy === undefined) {
    return "continues as soon as you have acted";
  }
  const left = Math.max(0, answerBy - now);
  return `${formatDuration(left)} left to act; then, at ${formatTime(answerBy)}, ${remedyWords[remedy]}`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
