import {
  formatChartLine,
  formatMoment,
  isPhase,
  phases,
  printableLines,
  type Question,
  remedyWords,
} from "@samocode/core";
import { formatDuration, formatMoney } from "../terminal/figures.ts";
import { stateWords } from "../terminal/state-words.ts";
import type { SessionReport } from "./session-report.ts";

/**
 * The report as a few lines that say what to do next, fit for a terminal whatever an agent wrote.
 *
 * @param now In ms since 1970. @default now
 */
export function formatReport(report: SessionReport, now: number = Date.now()): string {
  const { name, phase, state, iteration, costUsd, reason, needs, lastAction, summary } = report;
  const at = Date.parse(report.since ?? "");
  const since = Number.isNaN(at) ? "" : `, since ${formatMoment(at)} (${formatDuration(now - at)})`;
  const costs = phases.flatMap((each) => {
    const cost = report.phaseCosts[each];
    return cost === undefined ? [] : [`${each} ${formatMoney(cost)}`];
  });
  const lines = [
    `${name}: ${headline(report)}${report.stopRequested === true ? "; stops after this iteration" : ""}`,
    ...(isPhase(phase) ? [`  ${formatChartLine(phase, state)}`] : []),
    `  phase ${phase}, ${iteration} ${iteration === 1 ? "iteration" : "iterations"}, ${formatMoney(costUsd)}${since}`,
    // Of one phase alone the sum says all.
    ...(costs.length > 1 ? [`  cost: ${costs.join(", ")}`] : []),
    `  folder ${report.folder}`,
  ];
  if (reason !== undefined)
    lines.push(
      `  reason: ${reason.replaceAll(/\r?\n/g, "\n    ")}${needs === undefined ? "" : ` (needs ${needs})`}`,
    );
  if (summary !== undefined) lines.push(`  summary: ${summary.replaceAll(/\r?\n/g, "\n    ")}`);
  else if (lastAction !== undefined) lines.push(`  last: ${lastAction}`);
  if (report.answerBy !== undefined && report.remedy !== undefined) {
    lines.push(`  by ${formatMoment(report.answerBy)}, then ${remedyWords[report.remedy]}`);
  }
  lines.push(...nextSteps(report, state).map((line) => `  ${line}`));
  return printableLines(lines.join("\n"));
}

/** Where a session is, in a few words. */
export function headline({ state, limitedUntil, run }: SessionReport): string {
  if (limitedUntil !== undefined) {
    return `waits for the end of a limit, ${formatMoment(limitedUntil)}`;
  }
  if (state.startsWith("working.")) {
    return run === undefined
      ? "its run died; the next one takes over what the agent does"
      : `an agent works (run with pid ${run.pid} on ${run.host})`;
  }
  return stateWords(state);
}

function nextSteps(
  { name, waitingFor, waitedFor, questions, plan, lapsed, next, run }: SessionReport,
  state: string,
): readonly string[] {
  if (state.startsWith("working.") && run !== undefined) return [];
  const go = `samocode-run ${name}`;
  switch (waitingFor ?? waitedFor) {
    case "qa_answers": {
      if (questions.length === 0)
        return [`No open question in _qa.md. Go on with: samocode-run resume ${name}`];
      const asked = questions.flatMap(formatQuestion);
      return [
        ...asked,
        `Answer: samocode-run answer ${name} ${questions[0]?.id ?? "Q1"}=A   then: ${go}`,
      ];
    }
    case "plan_approval":
      return [
        ...(lapsed === undefined ? [] : [`${describeLapse(lapsed)}; approve it anew`]),
        `plan ${plan ?? "(no plan file found)"}`,
        `Approve: samocode-run approve ${name}   or: samocode-run reject ${name} --feedback "…"   then: ${go}`,
      ];
    case undefined:
      break;
    default:
      return [
        ...(next === undefined ? [] : [`next: ${next}`]),
        `When that is done: samocode-run resume ${name}   then: ${go}`,
      ];
  }
  if (state === "blocked")
    return [`Clear the way, then: samocode-run resume ${name}   then: ${go}`];
  return state === "finished" ? [] : [`Go on with: ${go}`];
}

function describeLapse({ by, at }: NonNullable<SessionReport["lapsed"]>): string {
  return `the plan was changed after ${by} approved it (${formatMoment(Date.parse(at))})`;
}

function formatQuestion({ id, title, options, suggestion }: Question): string[] {
  return [
    `${id}: ${title}`,
    ...options.map(({ letter, text }) => `   ${letter}) ${text}`),
    ...(suggestion === undefined ? [] : [`   suggested: ${suggestion.text}`]),
  ];
}
