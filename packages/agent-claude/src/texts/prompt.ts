import type { Note, Phase } from "@samocode/core";
import { cannotAsk, questionShape } from "@samocode/core/overview";
import { sessionFiles } from "@samocode/core/store";
import { formatPhaseProtocol, formatSignals } from "./phase-protocol.ts";

/** The most characters of one note's text that reach an agent; the middle of a longer one is left out and marked. */
export const maxNoteChars = 20_000;

/** The facts of one iteration that its agent is told. */
export interface IterationFacts {
  /** Absolute path of the session folder. */
  readonly sessionFolder: string;
  /** Absolute path of the worktree. */
  readonly workingDir: string;
  readonly phase: Phase;
  /** Number of this iteration, from 1. */
  readonly iteration: number;
  /** Start of this iteration; told in local time, as the stamps of session files are. */
  readonly now: Date;
  /** The person's task. Needed in the first iteration only: later ones find it in the overview. */
  readonly task?: string;
  /** What the person wants looked into first. */
  readonly dive?: string;
  /** What happened since the last iteration, oldest first. */
  readonly notes: readonly Note[];
}

/**
 * What goes into the system prompt below the phase agent: the skills that it works by, `workflow.md`, and the
 * protocol of the phase. Byte-identical in every iteration of a phase, so that the API's prompt cache holds.
 *
 * @example
 * formatSystemPrompt({ above: ["# Testing"], workflow: "# A samocode session\n", phase: "testing" });
 */
export function formatSystemPrompt({
  above = [],
  workflow,
  phase,
}: {
  /** What stands before `workflow.md`: skills, and what a project adds to the agent. */
  readonly above?: readonly string[];
  readonly workflow: string;
  readonly phase: Phase;
}): string {
  return [...above, workflow, formatPhaseProtocol(phase)]
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .join("\n\n")
    .concat("\n");
}

/**
 * The message that starts one iteration: all that differs from the iteration before.
 * It never starts with `/`, which the CLI would take for a slash command.
 *
 * @example
 * formatUserMessage({
 *   sessionFolder: "/sessions/26-01-15-login",
 *   workingDir: "/worktrees/26-01-15-login",
 *   phase: "planning",
 *   iteration: 4,
 *   now: new Date(),
 *   notes: [{ about: "A person rejected the plan:", text: "Use cookies." }],
 * });
 */
export function formatUserMessage(facts: IterationFacts): string {
  const stamp = formatStamp(facts.now);
  const number = String(facts.iteration).padStart(3, "0");
  const head = [
    `Session folder: ${facts.sessionFolder}`,
    `Worktree: ${facts.workingDir}`,
    `Phase: ${facts.phase}`,
    `Iteration: ${facts.iteration}`,
    `Flow Log: - [${number} @ ${stamp}] text -> file`,
    `STAMP: ${stamp.replace(" ", "-")}`,
  ].join("\n");
  const parts = [head];
  if (facts.task !== undefined) parts.push(`The task:\n${quoteLines(facts.task)}`);
  if (facts.dive !== undefined) parts.push(`Look into this first:\n${quoteLines(facts.dive)}`);
  parts.push(...facts.notes.map(formatNote));
  parts.push("Do the next step, then write `_signal.json`.");
  return `${parts.join("\n\n")}\n`;
}

/**
 * What the conversation of an iteration is told when its signal is missing or was refused.
 * Fit for `--resume` and as the reason of a Stop hook that blocks.
 *
 * @example
 * formatMendMessage({
 *   error: "cannot take phase `done`: expected `planning`",
 *   sessionFolder: "/sessions/26-01-15-login",
 *   phase: "investigation",
 *   iteration: 2,
 * });
 */
export function formatMendMessage({
  error,
  sessionFolder,
  phase,
  iteration,
}: {
  /** Exactly what was wrong. Quoted, since it may repeat text of the agent. */
  readonly error: string;
  readonly sessionFolder: string;
  readonly phase: Phase;
  readonly iteration: number;
}): string {
  const isAboutQuestions = error.startsWith(cannotAsk);
  return [
    "The signal of this iteration cannot be taken:",
    "",
    quoteLines(clipMiddle(error)),
    "",
    ...(isAboutQuestions ? [repairOfQuestions(sessionFolder)] : []),
    "Do no other work now. Write one of these, true for what you have done, as the whole content of this file and stop:",
    `File: ${sessionFolder}/_signal.json`,
    "",
    formatSignals(phase, iteration),
    "",
  ].join("\n");
}

/** How questions are repaired that no human could see or answer. */
function repairOfQuestions(sessionFolder: string): string {
  return [
    "If you need answers, first repair the questions in this file. Each has this shape, with a number of its own. You never answer them: behind `**Answer:**` stands `_waiting_` until a human has answered. Leave what a human has answered as it is.",
    `File: ${sessionFolder}/${sessionFiles.questions}`,
    "",
    questionShape,
    "",
  ].join("\n");
}

function formatNote({ about, text }: Note): string {
  return text === undefined ? about : `${about}\n${quoteLines(clipMiddle(text))}`;
}

function quoteLines(text: string): string {
  return text
    .trimEnd()
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

function clipMiddle(text: string): string {
  if (text.length <= maxNoteChars) return text;
  const half = maxNoteChars / 2;
  const leftOut = text.length - maxNoteChars;
  return `${text.slice(0, half)}\n[${leftOut} characters left out]\n${text.slice(-half)}`;
}

function formatStamp(now: Date): string {
  const [month, day, hours, minutes] = [
    now.getMonth() + 1,
    now.getDate(),
    now.getHours(),
    now.getMinutes(),
  ].map((part) => String(part).padStart(2, "0"));
  return `${month}-${day} ${hours}:${minutes}`;
}
