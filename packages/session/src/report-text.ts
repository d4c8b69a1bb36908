import { formatCost, isPhase, phases, remedyWords } from "@samocode/core";
import { formatChartLine } from "@samocode/core/chart";
import { printableLines, type Question } from "@samocode/core/overview";
import { formatMoment } from "@samocode/core/store";
import { formatDuration, formatMoney } from "./figures.ts";
import { stateWords } from "./state-words.ts";
import { formatResult } from "./result-text.ts";
import { taskLine } from "./task-line.ts";
import { formatAnswerCommand, formatCommand, formatGoOn } from "./command-text.ts";
import { isAnswered, type SessionReport } from "./session-report.ts";

/**
 * The report as a few lines that say what to do next, fit for a terminal whatever an agent wrote.
 *
 * @param now Unix time in ms. @default now
 * @param restedBecause Why the run ended that this is told after, if the state alone does not say it.
 */
export function formatReport(
  report: SessionReport,
  now: number = Date.now(),
  restedBecause?: string,
): string {
  const why = restedBecause === undefined ? "" : ` (${restedBecause})`;
  const { name, phase, state, iteration, reason, needs, lastAction, summary } = report;
  const at = Date.parse(report.since ?? "");
  const since = Number.isNaN(at) ? "" : `, since ${formatMoment(at)} (${formatDuration(now - at)})`;
  const costs = phases.flatMap((each) => {
    const cost = report.phaseCosts[each];
    return cost === undefined ? [] : [`${each} ${formatMoney(cost)}`];
  });
  const lines = [
    `${name}: ${headline(report)}${report.stopRequested === true ? "; stops after this iteration" : ""}${report.archived === true ? " (archived)" : ""}${why}`,
    ...(report.task === undefined ? [] : [`  task: ${taskLine(report.task, 100)}`]),
    ...(isPhase(phase) ? [`  ${formatChartLine(phase, state)}`] : []),
    `  phase ${phase}, ${iteration} ${iteration === 1 ? "iteration" : "iterations"}, ${formatCost(report)}${since}`,
    // Of one phase alone the sum says all.
    ...(costs.length > 1 ? [`  cost: ${costs.join(", ")}`] : []),
    `  folder ${report.folder}`,
    ...formatResult(report).map((line) => `  ${line}`),
  ];
  if (reason !== undefined)
    lines.push(
      `  reason: ${reason.replaceAll(/\r?\n/g, "\n    ")}${needs === undefined ? "" : ` (needs ${needs})`}`,
    );
  if (summary !== undefined) lines.push(`  summary: ${summary.replaceAll(/\r?\n/g, "\n    ")}`);
  else if (lastAction !== undefined) lines.push(`  last: ${lastAction}`);
  if (report.testChanges !== undefined) {
    lines.push(`  the tests were changed: ${report.testChanges.join("; ")}`);
  }
  // Answers that are there count also when the time for them is over.
  if (report.answerBy !== undefined && report.remedy !== undefined && !isAnswered(report)) {
    lines.push(`  by ${formatMoment(report.answerBy)}, then ${remedyWords[report.remedy]}`);
  }
  if (report.unreadable !== undefined) lines.push(`  ${report.unreadable}`);
  lines.push(...nextSteps(report, state).map((line) => `  ${line}`.trimEnd()));
  return printableLines(lines.join("\n"));
}

/** Where a session is, in a few words. */
export function headline(report: SessionReport): string {
  const { state, limitedUntil, run } = report;
  if (limitedUntil !== undefined) {
    return `waits for a usage limit to end, ${formatMoment(limitedUntil)}`;
  }
  if (state.startsWith("working.")) {
    return run === undefined
      ? "the runner exited; the next run will pick up the agent"
      : `an agent is working (runner: pid ${run.pid} on ${run.host})`;
  }
  return isAnswered(report) ? "answered, ready to continue" : stateWords(state);
}

function nextSteps(report: SessionReport, state: string): readonly string[] {
  const { name, waitingFor, waitedFor, plan, lapsed, next, run } = report;
  if (report.archived === true) return [`Restore: ${formatCommand("restore", name)}`];
  if (state.startsWith("working.") && run !== undefined) return [];
  // The run that holds the session goes on by itself, and a second one would be refused.
  const thenGo = run === undefined ? `   then: ${formatGoOn(name)}` : "";
  const resume = formatCommand("resume", name) + thenGo;
  switch (waitingFor ?? waitedFor) {
    case "qa_answers":
      return answerSteps(report, thenGo);
    case "plan_approval":
      return [
        ...(lapsed === undefined ? [] : [`${describeLapse(lapsed)}; approve it again`]),
        `plan ${plan ?? "(no plan file found)"}`,
        `Approve: ${formatCommand("approve", name)}   or: ${formatCommand("reject", name)} --feedback "…"${thenGo}`,
      ];
    case undefined:
      break;
    default:
      return [...(next === undefined ? [] : [`next: ${next}`]), `When that is done: ${resume}`];
  }
  if (state === "blocked") return [`Clear what blocks it, then: ${resume}`];
  return state === "finished" || run !== undefined ? [] : [`Continue with: ${formatGoOn(name)}`];
}

function answerSteps(report: SessionReport, thenGo: string): readonly string[] {
  const { name, questions, asked, waitingFor, run } = report;
  const [first] = questions;
  if (first !== undefined) {
    const answer = `Answer: ${formatAnswerCommand(name, first)}${thenGo}`;
    return [...questions.flatMap(formatQuestion), answer];
  }
  const resume = `Continue with: ${formatCommand("resume", name)}${thenGo}`;
  if (asked === 0 && report.unreadable !== undefined) return [];
  if (asked === 0) return [`No question in _qa.md. ${resume}`];
  const done = "All questions are answered.";
  // Once it is blocked, answers by hand alone do not send it on.
  if (waitingFor === undefined) return [`${done} ${resume}`];
  if (run !== undefined) return [`${done} The running session continues.`];
  return [`${done} Continue with: ${formatGoOn(name)}`];
}

function describeLapse({ by, at }: NonNullable<SessionReport["lapsed"]>): string {
  return `the plan was changed after ${by} approved it (${formatMoment(Date.parse(at))})`;
}

function formatQuestion({ id, title, detail, options, suggestion }: Question): string[] {
  return [
    `${id}: ${title}`,
    ...(detail?.split("\n") ?? []).map((line) => `   ${line}`.trimEnd()),
    ...options.map(({ letter, text }) => `   ${letter}) ${text}`),
    ...(suggestion === undefined ? [] : [`   suggested: ${suggestion.text}`]),
  ];
}
