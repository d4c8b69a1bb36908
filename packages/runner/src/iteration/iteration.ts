import { dirname, join } from "node:path";
import {
  phaseRules,
  type IterationFacts,
  type SessionContext,
  type AgentEvent,
} from "@samocode/core";
import { OverviewError } from "@samocode/core/overview";
import { ensureFolder, type Store, writeOwnFile } from "@samocode/core/store";
import { clearAnswer, formatAnswer, readAnswer } from "./agent-answer.ts";
import {
  readAsked,
  type IterationPlan,
  findLastWord,
  findLeftAgent,
  hasBegun,
  removeTraces,
  writeAgentIdentity,
  type LeftAgent,
} from "@samocode/session";
import { argumentsOf, budgetOf } from "./agent-arguments.ts";
import {
  agentEnvironment,
  type AgentEnd,
  adoptAgent,
  runAgent,
  type Outcome,
  isActivity,
  type StreamEvent,
  makeTemporaryFolder,
  formatMendMessage,
  formatUserMessage,
  readRefusals,
} from "@samocode/agent-claude";
import { readBranchResult } from "../worktree/branch-result.ts";
import { listCommits } from "../worktree/commits.ts";
import type { IterationOptions } from "./iteration-options.ts";
import { eventOfOutcome } from "./outcome-event.ts";
import type { AgentHappened } from "../run/run-options.ts";
import { paidFor } from "./iteration-cost.ts";
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

  const end =
    left.type === "started"
      ? await followLeftAgent(plan, context, left, deadlineAt, options)
      : await startAgent(plan, context, deadlineAt, options);
  if (end.outcome.type === "interrupted" && !hasBegun(store, plan)) {
    removeTraces(store.folder, plan);
    return { event: unbegun, ...(late !== undefined && { facts: { foundLate: late } }) };
  }
  const outcome = left.type === "started" && isLost(end) ? undefined : end.outcome;

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
    ...paidFor(outcome, end.summary),
    ...planHashOf(store),
    ...(isAsking && {
      asks: readAsked(store, plan.answered, left.type === "started" ? endedAt : undefined),
    }),
  };
  const event =
    unreadable !== undefined
      ? ({ type: "overview.unreadable", message: unreadable, ...facts } as const)
      : outcome === undefined
        ? ({ type: "agent.lost", message: lostMessage, ...facts } as const)
        : eventOfOutcome(
            outcome,
            answer,
            facts,
            { ...options.settings, costUsd: context.costUsd },
            Math.random(),
            plan.resumes,
          );
  return {
    event,
    facts: {
      durationMs: Math.max(0, endedAt - startedAt),
      log,
      claudeSessionId: plan.claudeSessionId,
      commits: await listCommits(workingDir, plan.head),
      ...(event.type === "signal.done" && (await resultOf(options))),
      ...spentOf(outcome),
      ...exitOf(end),
      ...formatAnswer(answer),
      ...(late !== undefined && { foundLate: late }),
      ...refusedBy(store, plan),
      ...(changed.length > 0 && { putBack: changed.map(({ text }) => text) }),
    },
    settle: () => {
      if (answer.type === "refused" && answer.late !== undefined) store.setSignalAside(answer.late);
    },
  };
}

const lostMessage = "the agent died together with its runner; the iteration is run again";

const unbegun: AgentEvent = {
  type: "agent.interrupted",
  message: "the run was interrupted before its agent began to work",
  unbegun: true,
};

async function startAgent(
  plan: IterationPlan,
  context: SessionContext,
  deadlineAt: number,
  options: IterationOptions,
): Promise<AgentEnd> {
  const { store, settings, workingDir, env } = options;
  const files = filesOf(plan, store);
  makeTemporaryFolder(env);
  ensureFolder(dirname(files.logFile));
  writeOwnFile(files.promptFile, promptOf(plan, context, options), { mode: 0o600 });
  return runAgent({
    command: settings.claudePath,
    args: argumentsOf(plan, context, options),
    env: {
      ...agentEnvironment(env, {
        runId: plan.runId,
        sessionFolder: store.folder,
        idleMs: settings.idleTimeoutMs,
      }),
      SAMOCODE_PHASE: context.phase,
      SAMOCODE_ITERATION: String(plan.iteration),
      // An agent starts when its servers have: tools that come later are missing from its first requests.
      ...(options.customTexts.mcpConfig !== undefined && { MCP_CONNECTION_NONBLOCKING: "0" }),
    },
    cwd: workingDir,
    keepsOpen: options.signFile,
    ...files,
    deadlineAt,
    ...limitsOf(plan, context, options),
    onStart: (identity) => writeAgentIdentity(store.folder, plan, identity),
    onEvent: teller(plan, options),
  });
}

/** Follows an agent to its end that an earlier run started. */
async function followLeftAgent(
  plan: IterationPlan,
  context: SessionContext,
  { identity }: Extract<LeftAgent, { type: "started" }>,
  deadlineAt: number,
  options: IterationOptions,
): Promise<AgentEnd> {
  return adoptAgent({
    ...filesOf(plan, options.store),
    deadlineAt,
    ...limitsOf(plan, context, options),
    ...(identity && { identity }),
    onEvent: teller(plan, options),
  });
}

/** Whether an agent died in its work while nobody watched; one that was stopped did not. */
function isLost({ outcome, summary, strays }: AgentEnd): boolean {
  const hasWorked = summary.result === undefined && summary.init !== undefined;
  return hasWorked && outcome.type === "failed" && strays.left.length === 0;
}

function promptOf(
  plan: IterationPlan,
  context: SessionContext,
  { store, workingDir, dive }: IterationOptions,
): string {
  const { phase, iteration, notes, problem } = context;
  const sessionFolder = store.folder;
  if (plan.resumes) {
    return formatMendMessage({ error: problem ?? "", sessionFolder, phase, iteration });
  }
  return formatUserMessage({
    sessionFolder,
    workingDir,
    phase,
    iteration,
    now: new Date(),
    notes,
    ...(dive !== undefined && iteration === 1 && { dive }),
  });
}

function filesOf(plan: IterationPlan, { folder }: Store) {
  return {
    promptFile: join(folder, plan.prompt),
    logFile: join(folder, plan.log),
    stderrFile: join(folder, plan.stderr),
  };
}

function limitsOf({ runId }: IterationPlan, context: SessionContext, options: IterationOptions) {
  const { settings, cancel, kill } = options;
  return { runId, idleMs: settings.idleTimeoutMs, ...budgetOf(context, options), cancel, kill };
}

function teller({ iteration }: IterationPlan, { tell }: IterationOptions) {
  return (event: StreamEvent): void => {
    if (isActivity(event)) tell({ type: "agent", iteration, event });
  };
}

/** How the process ended, where that is known and is not the usual end. */
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

function spentOf(outcome: Outcome | undefined) {
  if (outcome === undefined) return {};
  const { costUsd, turns, tokens } = outcome;
  return {
    ...(costUsd !== undefined && { costUsd }),
    ...(turns !== undefined && { turns }),
    ...(tokens !== undefined && {
      tokens: tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite,
    }),
  };
}

/** Answers that the Stop hook refused while the agent still ran. */
function refusedBy({ folder }: Store, { runId }: IterationPlan) {
  const refusals = readRefusals(folder, runId);
  return refusals.length === 0 ? {} : { refusals };
}
