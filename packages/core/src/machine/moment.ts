import { withoutFruitless } from "./failed-attempt.ts";
import { explainIllegalMove } from "../workflow/legality.ts";
import type { Patience } from "../workflow/patience.ts";
import { isBeforeGate, isBehindGate } from "../workflow/phase-gate.ts";
import { isRework, maxRework, phaseRules, type Phase, type WaitReason } from "../workflow/phase.ts";
import type { Note, SessionContext } from "./session-context.ts";
import { formatCost } from "./session-cost.ts";
import type { IterationFacts, SessionEvent } from "./session-event.ts";

/** What a guard or an update looks at. */
export interface Moment {
  readonly context: SessionContext;
  readonly event: SessionEvent;
}

/** Why the event's signal cannot be taken in the present phase, or nothing if it can. */
export function illegality({ context, event }: Moment): string | undefined {
  switch (event.type) {
    case "signal.invalid":
      return event.problem;
    case "signal.continue":
      return explainIllegalMove({ status: "continue", phase: event.phase }, context.phase);
    case "signal.waiting":
      return (
        explainIllegalMove({ ...event, status: "waiting" }, context.phase) ??
        (event.for === "qa_answers" ? event.asks?.problem : undefined)
      );
    case "signal.blocked":
      return explainIllegalMove({ status: "blocked", phase: event.phase }, context.phase);
    case "signal.done":
      return explainIllegalMove({ status: "done", phase: event.phase }, context.phase);
    default:
      return undefined;
  }
}

/** The phase that a `continue` asks for, where it may ask for it. */
export function legalTarget(moment: Moment): Phase | undefined {
  const { context, event } = moment;
  if (event.type !== "signal.continue" || illegality(moment) !== undefined) return undefined;
  return event.phase ?? context.phase;
}

/** Which limit keeps the session from starting an iteration in a phase, or nothing. */
export function exhaustedLimit(context: SessionContext, to: Phase): string | undefined {
  const { maxIterations } = phaseRules[to];
  if (context.counts[to] >= maxIterations) {
    return `\`${to}\` has used its ${maxIterations} iterations`;
  }
  if (isRework(context.phase, to) && context.rework >= maxRework) {
    return `the work was sent back ${maxRework} times`;
  }
  const { budgetUsd } = context.settings;
  if (budgetUsd !== undefined && context.costUsd >= budgetUsd) {
    return `the budget of $${budgetUsd.toFixed(2)} is spent: ${formatCost(context)}`;
  }
  return undefined;
}

/** Whether this run was asked to start no further iteration. */
export function mustPause(context: SessionContext): boolean {
  const { maxIterations } = context.settings;
  const isOver = maxIterations !== undefined && context.iterationsOfRun >= maxIterations;
  return context.stopRequested || isOver;
}

/** The rule for a wait, where the run has any; `undefined`: it stays under the rule that it had. */
export function ruleFor(
  { settings: { patience } }: SessionContext,
  reason: WaitReason,
): Patience | undefined {
  return patience === undefined ? undefined : (patience[reason] ?? { remedy: "wait" });
}

/** Whether the plan was changed after a person approved it and before work on it began. */
export function hasLapsedApproval({ approval, planHash }: SessionContext): boolean {
  return approval !== undefined && !approval.used && approval.planHash !== planHash;
}

/** Whether going to a phase would pass the plan gate that nobody has opened. */
export function passesClosedGate({ phase, approval }: SessionContext, to: Phase): boolean {
  return approval === undefined && !isBehindGate(phase) && !isBeforeGate(to);
}

/**
 * The context with the iteration accounted for that the event ends. What the agent was told is settled by a signal
 * that can be taken, and by no other end: the next one may be in a conversation that knows nothing of it.
 */
export function afterIteration(moment: Moment): SessionContext {
  const { context, event } = moment;
  const facts: IterationFacts = event;
  const settled = event.type.startsWith("signal.") && illegality(moment) === undefined;
  return {
    ...context,
    ...withoutFruitless(context, event),
    attempt: "fresh",
    problem: undefined,
    ...(settled && { failures: 0, secondTries: undefined }),
    limits: event.type === "agent.limited" ? context.limits : undefined,
    ...spend(context, facts.costUsd ?? 0),
    ...(facts.costUnknown === true && { costIsLeast: true }),
    notes: [...(settled ? [] : unsettled(context)), ...(facts.notes ?? [])],
    planHash: facts.planHash ?? context.planHash,
    now: facts.at ?? context.now,
  };
}

function unsettled({ notes, problem }: SessionContext): readonly Note[] {
  if (problem === undefined) return notes;
  const about = "The last agent's signal was invalid and was not repaired:";
  return [...notes, { about, text: problem }];
}

function spend({ phase, costUsd, phaseCosts }: SessionContext, more: number) {
  if (more === 0) return {};
  return {
    costUsd: costUsd + more,
    phaseCosts: { ...phaseCosts, [phase]: (phaseCosts?.[phase] ?? 0) + more },
  };
}
