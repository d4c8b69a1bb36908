import { printableText } from "@samocode/core/overview";
import { formatAge } from "./age.ts";
import {
  formatMoney,
  formatTime,
  type Colors,
  stateWords,
  sinceOf,
  sortByTurn,
  isAnswered,
  type SessionReport,
  taskLine,
} from "@samocode/session";
import { formatTable, type Cell, type Column } from "./table.ts";

/** How a list is shown. */
export interface ListView {
  readonly columns: number;
  readonly color: Colors;
  /** Unix time in ms. */
  readonly now: number;
}

const columns: readonly Column[] = [
  { title: "SESSION", leastWidth: 12 },
  { title: "PHASE" },
  { title: "STATE", leastWidth: 14 },
  { title: "SINCE", isFigure: true },
  { title: "COST", isFigure: true },
  { title: "AGE", isFigure: true },
  { title: "TASK", leastWidth: 10 },
];

/** All sessions as a table, one per line, those that need a human first: where each one is, since when, its cost, its age and its task. */
export function formatList(reports: readonly SessionReport[], view: ListView): readonly string[] {
  const rows = sortByTurn(reports).map((report) => rowOf(report, view));
  // Sessions of the Python samocode may have no task: then the others get its room.
  const hasTasks = reports.some(({ task = "" }) => task.trim() !== "");
  const shown = hasTasks ? columns : columns.slice(0, -1);
  return formatTable(shown, rows, view.columns - 1);
}

function rowOf(report: SessionReport, { now, color }: ListView): readonly Cell[] {
  const since = sinceOf(report);
  return [
    { text: printableText(report.name, 200), paint: color.bold },
    { text: printableText(report.phase, 40) },
    {
      text: printableText(whereabouts(report) + patience(report, now), 400),
      paint: paintOf(report, color),
    },
    { text: since === 0 ? "" : formatAge(now - since) },
    { text: `${report.costIsLeast === true ? "≥ " : ""}${formatMoney(report.costUsd)}` },
    { text: report.startedAt === undefined ? "" : formatAge(now - report.startedAt) },
    { text: taskLine(report.task ?? "", 60), paint: color.dim },
  ];
}

/** Where a session is in as few words as can be, the one first who is to act. */
function whereabouts(report: SessionReport): string {
  const { state, questions, lapsed, limitedUntil, reason, run, stopRequested } = report;
  // Nobody's turn: it has to be restored first.
  if (report.archived === true) return stateWords(state);
  if (limitedUntil !== undefined) return `limit until ${formatTime(limitedUntil)}`;
  if (state.startsWith("working.")) {
    if (run === undefined) return "runner exited";
    return stopRequested === true ? "works, then stops" : "works";
  }
  switch (state) {
    case "waiting.answers":
      if (isAnswered(report)) return "answered, ready to continue";
      if (questions.length === 0) return "you: resume it, no questions";
      return questions.length === 1 ? "you: 1 answer" : `you: ${questions.length} answers`;
    case "waiting.approval":
      return lapsed === undefined ? "you: approve the plan" : "you: approve the plan again";
    case "waiting.file":
      return "you: update a file";
    case "waiting.action":
      return "you: do a manual step";
    case "blocked":
      return `you: blocked${reason === undefined ? "" : `, ${reason}`}`;
    case "failed":
      return `failed${reason === undefined ? "" : `, ${reason}`}`;
    case "verifying":
      return "the tests run";
    case "retrying":
      return "tries again soon";
    case "finished":
      return "done";
    case "paused":
      return "ready to continue";
    default:
      return stateWords(state);
  }
}

/** How long a person has to act if that is limited. */
function patience(report: SessionReport, now: number): string {
  const { state, answerBy } = report;
  if (answerBy === undefined || answerBy <= now || !state.startsWith("waiting.")) return "";
  if (isAnswered(report)) return "";
  return `, ${formatAge(answerBy - now)} left`;
}

function paintOf(report: SessionReport, color: Colors): (text: string) => string {
  const { state, run } = report;
  if (state === "finished") return color.green;
  if (state === "blocked" || state === "failed") return color.red;
  if (state.startsWith("waiting.") && !isAnswered(report)) return color.yellow;
  return run === undefined ? color.dim : color.cyan;
}
