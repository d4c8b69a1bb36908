import { join } from "node:path";
import {
  phaseRules,
  type AgentEvent,
  type IterationFacts,
  type SessionContext,
} from "@samocode/core";
import { OverviewError } from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import { type AgentEnd, type AgentTask, type Outcome } from "@samocode/agent";
import {
  findLastWord,
  findLeftAgent,
  hasBegun,
  type IterationPlan,
  type LeftAgent,
  readAsked,
  removeTraces,
  writeAgentIdentity,
} from "@samocode/session";
import type { AgentHappened } from "../run/run-options.ts";
import { listCommits, readBranchResult } from "@samocode/worktree";
import { clearAnswer, formatAnswer, readAnswer } from "./agent-answer.ts";
import type { IterationOptions } from "./iteration-options.ts";
import { eventOfOutcome } from "./outcome-event.ts";
import { findChanges, readStatus } from "./put-back.ts";

/**
 * Runs one iteration: clears the old answer, starts the agent or takes over the one that a crash
 * left working, follows it to its end, and reads its answer.
 */
export async function runIteration(
  plan: IterationPlan,
  context: SessionContext,
  options: IterationOptions,
): Promise<AgentHappened> {
  const { store, workingDir, tell } = options;
  const { phase, attempt, iteration } = context;
  const before = await readStatus(store, options);
  // No agent is paid for while nobody can read where its session is. One that works already is followed.
  if (before instanceof OverviewError && attempt !== "adopt") {
    return { event: { type: "overview.unreadable", message: before.message } };
  }
  const left: LeftAgent =
    attempt === "adopt" ? findLeftAgent(store.folder, plan) : { type: "none" };
  const startedAt = left.type === "started" ? left.startedAt : Date.now();
  const deadlineAt = startedAt + plan.timeoutMs;
  const { log } = plan;
  tell({
    type: "iteration.started",
    iteration,
    phase,
    phaseIteration: context.counts[phase],
    maxPhaseIterations: phaseRules[phase].maxIterations,
    attempt,
    log,
    workingDir,
    startedAt,
    deadlineAt,
  });
  const late = left.type === "started" ? undefined : clearAnswer(store);

  const end = await carryOut(
    plan,
    context,
    taskOf(plan, context, left, options),
    deadlineAt,
    options,
  );
  const { outcome } = end;
  if (outcome.type === "interrupted" && !hasBegun(store, plan)) {
    removeTraces(store.folder, plan);
    return { event: unbegun, ...(late !== undefined && { facts: { foundLate: late } }) };
  }

  const at = Date.now();
  const endedAt = left.type === "started" ? (findLastWord(store.folder, plan) ?? at) : at;
  const answer = readAnswer(store, iteration, at);
  const isAsking =
    answer.type === "taken" &&
    answer.signal.status === "waiting" &&
    answer.signal.for === "qa_answers";
  const { changed, unreadable } = await findChanges(
    store,
    context,
    before instanceof OverviewError ? undefined : before,
    options,
  );
  const facts: IterationFacts = {
    at,
    notes: changed,
    ...costOf(outcome),
    ...planHashOf(store),
    ...(isAsking && {
      asks: readAsked(store, plan.answered, left.type === "started" ? endedAt : undefined),
    }),
  };
  const event =
    unreadable !== undefined
      ? ({ type: "overview.unreadable", message: unreadable, ...facts } as const)
      : eventOfOutcome(
          outcome,
          answer,
          facts,
          { budgetUsd: options.settings.budgetUsd, costUsd: context.costUsd },
          Math.random(),
          plan.resumes,
        );
  return {
    event,
    facts: {
      durationMs: Math.max(0, endedAt - startedAt),
      log,
      claudeSessionId: outcome.conversation ?? plan.claudeSessionId,
      commits: await listCommits(workingDir, plan.head),
      ...(event.type === "signal.done" && (await resultOf(options))),
      ...spentOf(outcome),
      ...exitOf(end),
      ...formatAnswer(answer),
      ...(late !== undefined && { foundLate: late }),
      ...(end.refusals.length > 0 && { refusals: end.refusals }),
      ...(changed.length > 0 && { putBack: changed.map(({ text }) => text) }),
    },
    settle: () => {
      if (answer.type === "refused" && answer.late !== undefined) store.setSignalAside(answer.late);
    },
  };
}

const unbegun: AgentEvent = {
  type: "agent.interrupted",
  message: "the run was interrupted before its agent started working",
  unbegun: true,
};

/** What the agent is to do now. */
function taskOf(
  plan: IterationPlan,
  { iteration, notes, problem = "" }: SessionContext,
  left: LeftAgent,
  { dive }: IterationOptions,
): AgentTask {
  if (left.type === "started") {
    const { identity } = left;
    return { type: "reattach", ...(identity !== undefined && { identity }) };
  }
  const { claudeSessionId: conversation } = plan;
  if (plan.resumes) return { type: "repair", conversation, problem };
  const isFirst = dive !== undefined && iteration === 1;
  return { type: "work", conversation, notes, ...(isFirst && { dive }) };
}

/** Lets the agent do its task, whatever it is, to its end. */
function carryOut(
  plan: IterationPlan,
  { phase, costUsd }: SessionContext,
  task: AgentTask,
  deadlineAt: number,
  { agent, store, settings, workingDir, signFile, cancel, kill, tell }: IterationOptions,
): Promise<AgentEnd> {
  const { folder } = store;
  const { iteration, runId } = plan;
  const { budgetUsd, idleTimeoutMs: idleMs } = settings;
  return agent.run(
    {
      phase,
      iteration,
      runId,
      task,
      sessionFolder: folder,
      workingDir,
      promptFile: join(folder, plan.prompt),
      logFile: join(folder, plan.log),
      stderrFile: join(folder, plan.stderr),
      deadlineAt,
      idleMs,
      ...(budgetUsd !== undefined && { maxCostUsd: Math.max(leastBudgetUsd, budgetUsd - costUsd) }),
      keepsOpen: signFile,
      onStart: (identity) => writeAgentIdentity(folder, plan, identity),
    },
    { cancel, kill },
    (event) => tell({ type: "agent", iteration, event }),
  );
}

/** Repairing a signal costs little, and is allowed when the budget has just been spent. */
const leastBudgetUsd = 0.01;

/** How the process ended, if that is known and is not the usual end. */
function exitOf({ exitCode, exitSignal }: AgentEnd) {
  return {
    ...(exitCode !== null && exitCode !== 0 && { exitCode }),
    ...(exitSignal !== null && { exitSignal }),
  };
}

/** What the session has made, for those who ask for it when it is finished. */
async function resultOf({ project, workingDir }: IterationOptions) {
  const result = await readBranchResult(project.mainRepo, workingDir).catch(() => undefined);
  return result === undefined ? {} : { result };
}

function planHashOf(store: Store): { planHash?: string } {
  const plan = store.readPlan();
  return plan === undefined ? {} : { planHash: plan.hash };
}

function costOf({
  costUsd,
  costUnknown,
}: Outcome): Pick<IterationFacts, "costUsd" | "costUnknown"> {
  return {
    ...(costUsd !== undefined && { costUsd }),
    ...(costUnknown && { costUnknown }),
  };
}

function spentOf({ costUsd, turns, tokens }: Outcome) {
  return {
    ...(costUsd !== undefined && { costUsd }),
    ...(turns !== undefined && { turns }),
    ...(tokens !== undefined && {
      tokens: tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite,
    }),
  };
}
