import { printableLines, printableText } from "@samocode/core/overview";
import { formatMoment } from "@samocode/core/store";
import {
  formatHappening,
  formatDuration,
  formatMoney,
  formatTokens,
  type Colors,
  padToWidth,
  formatReport,
  type SessionReport,
  type Artifact,
  type SessionStory,
  type StoryEntry,
} from "@samocode/session";
import { formatTable, type Column } from "./table.ts";
import { wrapLine, wrapText } from "./wrapped-text.ts";

/** The whole history of a session, for display. */
export interface WholeStory extends SessionStory {
  readonly branch: string;
  readonly artifacts: readonly Artifact[];
}

export interface StoryView {
  readonly columns: number;
  readonly color: Colors;
  /** Unix time in ms. */
  readonly now: number;
}

/** The whole story of a session as lines. */
export function formatStory(
  report: SessionReport,
  story: WholeStory,
  view: StoryView,
): readonly string[] {
  const { color, columns, now } = view;
  // Below it is not told again: it stands above as a whole.
  const { task, ...whereabouts } = report;
  const { workedMs, waitedMs, branch, timeline, artifacts, commits } = story;
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", color.bold(title), ...lines];
  const took = `worked ${formatDuration(workedMs)}, waited for you ${formatDuration(waitedMs)}`;
  const worktree = printableText(report.workingDir ?? "unknown", 400);
  return [
    color.bold(printableText(report.name, 200)),
    ...wrapLine(took, columns, "  "),
    ...wrapLine(`worktree ${worktree}, branch ${branch}`, columns, "  "),
    ...part("Task", task === undefined ? [] : indented(task, columns)),
    ...part("Phases", phaseLines(story, columns)),
    ...part(
      "Timeline",
      timeline.flatMap((entry) => entryLines(entry, view)),
    ),
    ...part(
      "Artifacts",
      artifacts.flatMap(({ file, title = "" }) => {
        const about = title === "" ? "" : `  ${color.dim(printableText(title, 200))}`;
        return wrapLine(`${printableText(file, 200)}${about}`, columns, "  ", 4);
      }),
    ),
    ...part(
      "Commits",
      commits.flatMap((commit) => wrapLine(printableText(commit, 200), columns, "  ", 4)),
    ),
    // Last, where one looks when it has been printed.
    ...part("Now", wrapText(formatReport(whereabouts, now), columns)),
  ];
}

const columnsOfPhases: readonly Column[] = [
  { title: "PHASE" },
  { title: "ITERATIONS", isFigure: true },
  { title: "TIME", isFigure: true },
  { title: "TURNS", isFigure: true },
  { title: "TOKENS", isFigure: true },
  { title: "COST", isFigure: true },
];

function phaseLines({ phases }: SessionStory, columns: number): readonly string[] {
  if (phases.length === 0) return [];
  const total = phases.reduce((sum, one) => ({
    phase: "all",
    iterations: sum.iterations + one.iterations,
    durationMs: sum.durationMs + one.durationMs,
    turns: sum.turns + one.turns,
    tokens: sum.tokens + one.tokens,
    costUsd: sum.costUsd + one.costUsd,
  }));
  const rows = [...phases, ...(phases.length > 1 ? [{ ...total, phase: "all" }] : [])];
  const cells = rows.map(({ phase, iterations, durationMs, turns, tokens, costUsd }) => [
    { text: printableText(phase, 40) },
    { text: String(iterations) },
    { text: formatDuration(durationMs) },
    { text: String(turns) },
    { text: formatTokens(tokens).replace(" tokens", "") },
    { text: formatMoney(costUsd) },
  ]);
  return formatTable(columnsOfPhases, cells, columns - 2).map((line) => `  ${line}`);
}

/** The width of `MM-DD HH:MM` and of the longest phase with its number, with a gap behind each. */
const timeWidth = 13;
const whoWidth = 20;

function entryLines(entry: StoryEntry, { columns, color }: StoryView): readonly string[] {
  const { event, at, phase = "", iteration = "", costUsd, ...facts } = entry;
  const isGoingOn = /^(?:run|wake|backOff|limitReset)$/.test(event);
  // What follows says the same, but not who has approved the plan.
  if (isGoingOn && facts.to?.startsWith("working.") === true && facts.by === undefined) return [];
  const isIteration = /^(?:signal|agent)\./.test(event);
  const time = at === undefined ? "" : formatMoment(Date.parse(at));
  const who = isIteration ? `${printableText(phase, 40)} ${iteration}` : "";
  const first = `  ${color.dim(padToWidth(time, timeWidth))}${padToWidth(who, whoWidth)}`;
  const text = formatHappening({ event, ...facts, iterationCostUsd: costUsd }, color);
  return wrapLine(text, columns, first, 2 + timeWidth + whoWidth);
}

function indented(text: string, columns: number): readonly string[] {
  return wrapText(
    printableLines(text)
      .split("\n")
      .map((line) => `  ${line}`.trimEnd())
      .join("\n"),
    columns,
  );
}
