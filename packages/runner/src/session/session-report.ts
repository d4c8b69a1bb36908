import { join } from "node:path";
import {
  formatChartLine,
  formatMoment,
  formatState,
  formatTimestamp,
  isPhase,
  OverviewError,
  ownedStatus,
  parseQuestions,
  readEntry,
  sessionMachine,
  StoreError,
  remedyWords,
  type Question,
  type Remedy,
  type SessionContext,
  type Store,
  type WaitReason,
} from "@samocode/core";
import { initialTransition } from "xstate";
import { printableLines } from "../claude/printable-text.ts";
import { LockError } from "../process/lock.ts";
import { readRunHolder } from "./session-lock.ts";

/** Where a session is, for people and for scripts. */
export interface SessionReport {
  readonly name: string;
  readonly folder: string;
  readonly phase: string;
  /** The state of the machine that the session is in, or that it is entered in. */
  readonly state: string;
  /** As the overview spells it: `no`, `yes` or `waiting_human`. */
  readonly blocked: string;
  readonly waitingFor?: string;
  /** When a person must have acted, in ms since 1970; a run after that does what `remedy` says. */
  readonly answerBy?: number;
  readonly remedy?: Remedy;
  /** What nobody has done in time, so that it is blocked; it may still be done. */
  readonly waitedFor?: WaitReason;
  readonly reason?: string;
  readonly needs?: string;
  /** When a subscription limit ends that holds the session, in ms since 1970. */
  readonly limitedUntil?: number;
  /** Who approved a plan that was changed after it, and when: it waits for approval anew. */
  readonly lapsed?: { readonly by: string; readonly at: string };
  readonly questions: readonly Question[];
  /** The newest plan file. */
  readonly plan?: string;
  readonly iteration: number;
  readonly costUsd: number;
  readonly workingDir?: string;
  readonly lastAction?: string;
  readonly next?: string;
  /** What the last agent says has been done, once the session is finished. */
  readonly summary?: string;
  /** When something last happened, as the history spells it. */
  readonly since?: string;
  /** Since when a person is waited for, in ms since 1970. */
  readonly waitingSince?: number;
  /** The run that holds the session now. */
  readonly run?: { readonly pid: number; readonly host: string };
}

/** Reads where a session is, without changing anything. */
export function readReport(store: Store, name: string): SessionReport {
  const tail = store.readHistoryTail();
  const asked = parseQuestions(store.readQuestions() ?? "");
  const questions = asked.filter(({ answer }) => answer === undefined);
  const plan = store.readPlan();
  const { memory, to } = tail.state ?? {};
  const holder = readRunHolder(store);
  const common = {
    name,
    folder: store.folder,
    questions,
    iteration: memory?.iteration ?? 0,
    costUsd: memory?.costUsd ?? 0,
    ...(plan && { plan: join(store.folder, plan.file) }),
    ...(tail.last?.timestamp !== undefined && { since: tail.last.timestamp }),
    ...(memory?.wait && { waitingSince: memory.wait.since }),
    ...(holder && { run: { pid: holder.pid, host: holder.host } }),
    ...(to === "limited" && memory?.limitedUntil && { limitedUntil: memory.limitedUntil }),
    ...(to === "finished" && tail.state?.summary !== undefined && { summary: tail.state.summary }),
  };
  try {
    const { status, workingDir } = store.readOverview();
    const entry = readEntry(status, tail, {
      openQuestions: questions.length,
      questions: asked.length,
      planHash: plan?.hash,
    });
    const [entered] = initialTransition(sessionMachine, {
      ...entry,
      settings: { maxIterations: 0 },
    });
    const { phase } = entered.context;
    const owned = ownedStatus(entered.context);
    const { lastAction, next } = status;
    const failure = to === "failed" && entry.edit === undefined ? tail.last?.message : undefined;
    const reason = owned.reason ?? failure;
    const { lapsed, hold } = entered.context;
    const isAsRecorded = entry.edit === undefined && lapsed === undefined;
    return {
      ...common,
      phase,
      state: isAsRecorded && to !== undefined ? to : formatState(entered.value),
      blocked: owned.blocked,
      ...(owned.waitingFor !== undefined && { waitingFor: owned.waitingFor }),
      ...(reason !== undefined && { reason }),
      ...(owned.needs !== undefined && { needs: owned.needs }),
      ...deadlineOf(entered.context),
      ...(hold?.kind === "blocked" && hold.waitedFor && { waitedFor: hold.waitedFor }),
      ...(lapsed && { lapsed: { by: lapsed.by, at: formatTimestamp(lapsed.at) } }),
      ...(workingDir !== undefined && { workingDir }),
      ...(lastAction !== undefined && { lastAction }),
      ...(next !== undefined && { next }),
      iteration: Math.max(common.iteration, entry.iteration ?? 0),
    };
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    const phase = memory?.phase ?? "unknown";
    const blocked = "yes";
    return {
      ...common,
      phase,
      state: "blocked",
      blocked,
      reason: error.message,
      needs: "error_resolution",
    };
  }
}

function deadlineOf({ wait }: SessionContext) {
  const { answerBy, rule } = wait ?? {};
  return answerBy === undefined || rule === undefined ? {} : { answerBy, remedy: rule.remedy };
}

/** The same for one of many: files that cannot be read are its reason, and the others are told all the same. */
export function readReportOrFault(store: Store, name: string): SessionReport {
  try {
    return readReport(store, name);
  } catch (error) {
    if (!(error instanceof StoreError || error instanceof LockError)) throw error;
    return {
      name,
      folder: store.folder,
      phase: "unknown",
      state: "blocked",
      blocked: "yes",
      reason: error.message,
      needs: "error_resolution",
      questions: [],
      iteration: 0,
      costUsd: 0,
    };
  }
}

/** The report as a few lines that say what to do next, fit for a terminal whatever an agent wrote. */
export function formatReport(report: SessionReport): string {
  const { name, phase, state, iteration, costUsd, reason, needs, lastAction } = report;
  const lines = [
    `${name}: ${headline(report)}`,
    ...(isPhase(phase) ? [`  ${formatChartLine(phase, state)}`] : []),
    `  phase ${phase}, ${iteration} ${iteration === 1 ? "iteration" : "iterations"}, $${costUsd.toFixed(2)}`,
    `  folder ${report.folder}`,
  ];
  if (reason !== undefined)
    lines.push(
      `  reason: ${reason.replaceAll(/\r?\n/g, "\n    ")}${needs === undefined ? "" : ` (needs ${needs})`}`,
    );
  if (lastAction !== undefined) lines.push(`  last: ${lastAction}`);
  if (report.answerBy !== undefined && report.remedy !== undefined) {
    lines.push(`  by ${formatMoment(report.answerBy)}, then ${remedyWords[report.remedy]}`);
  }
  lines.push(...nextSteps(report, state).map((line) => `  ${line}`));
  return printableLines(lines.join("\n"));
}

/** Where a session is, in a few words. */
export function headline({ state, waitingFor, limitedUntil, run }: SessionReport): string {
  if (waitingFor !== undefined) return `waits for ${waitWords[waitingFor] ?? waitingFor}`;
  if (limitedUntil !== undefined) {
    return `waits for the end of a limit, ${formatMoment(limitedUntil)}`;
  }
  if (state.startsWith("working.")) {
    return run === undefined
      ? "its run died; the next one takes over what the agent does"
      : `an agent works (run with pid ${run.pid} on ${run.host})`;
  }
  return stateWords[state] ?? state;
}

const waitWords: Readonly<Record<string, string>> = {
  qa_answers: "answers",
  plan_approval: "approval of the plan",
  file_update: "a file that a person brings up to date",
  human_action: "something that a person does",
};

const stateWords: Readonly<Record<string, string>> = {
  finished: "done",
  paused: "ready to go on",
  failed: "failed after all retries",
};

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
