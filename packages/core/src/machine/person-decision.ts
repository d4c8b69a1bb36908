import { passesClosedGate } from "./moment.ts";
import { isBeforeGate } from "../workflow/phase-gate.ts";
import type { Phase } from "../workflow/phase.ts";
import type { SessionContext } from "./session-context.ts";
import type { PersonEvent } from "./session-event.ts";

/** A human decision to continue resets the phase's iterations and the rework count. Before the gate it is closed. */
export function allowAgain(
  context: SessionContext,
  phase: Phase = context.phase,
): Partial<SessionContext> {
  return {
    phase,
    counts: { ...context.counts, [phase]: 0 },
    rework: 0,
    failures: 0,
    secondTries: undefined,
    stopRequested: false,
    retryAt: undefined,
    limitedUntil: undefined,
    limits: undefined,
    approval: isBeforeGate(phase) ? undefined : context.approval,
    lapsed: undefined,
  };
}

/**
 * A person's edit of the overview. It leads as far as the plan gate and never opens it: others write that file,
 * too, and an edit does not tell who made it.
 */
export function takeEdit(
  context: SessionContext,
  edit: Extract<PersonEvent, { type: "edit" }>,
): Partial<SessionContext> {
  const { phase, hold } = edit;
  const planHash = edit.planHash ?? context.planHash;
  if (passesClosedGate(context, phase)) return stopAtGate({ ...context, planHash });
  return {
    ...allowAgain(context, phase),
    hold,
    wait: undefined,
    finished: false,
    attempt: "fresh",
    next: undefined,
    planHash,
  };
}

function stopAtGate({ hold, planHash }: SessionContext): Partial<SessionContext> {
  // Whoever is waited for there already is waited for no longer than before.
  if (hold?.kind === "waiting" && hold.for === "plan_approval") return { planHash };
  return {
    hold: { kind: "waiting", for: "plan_approval" },
    wait: undefined,
    finished: false,
    attempt: "fresh",
    next: undefined,
    planHash,
  };
}
