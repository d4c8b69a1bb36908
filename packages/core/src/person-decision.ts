import { isBeforeGate, passesClosedGate } from "./moment.ts";
import type { Phase } from "./phase.ts";
import type { SessionContext } from "./session-context.ts";
import type { PersonEvent } from "./session-event.ts";

/** A person's word to go on: the phase gets its iterations and the work its rework anew. Before the gate it is closed. */
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
    limitedUntil: undefined,
    limits: undefined,
    approval: isBeforeGate(phase) ? undefined : context.approval,
    lapsed: undefined,
  };
}

/** A person's edit of the overview. Where it passes the plan gate, it opens it, and is recorded so. */
export function takeEdit(
  context: SessionContext,
  edit: Extract<PersonEvent, { type: "edit" }>,
): Partial<SessionContext> {
  const { by = "an edit of the overview", at = context.now, phase, hold } = edit;
  const planHash = edit.planHash ?? context.planHash;
  const opensGate = passesClosedGate(context, phase);
  return {
    ...allowAgain(context, phase),
    hold,
    wait: undefined,
    finished: false,
    attempt: "fresh",
    next: undefined,
    planHash,
    ...(opensGate && { approval: { by, at, planHash, used: false } }),
  };
}
