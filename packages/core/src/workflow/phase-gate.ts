import { isPhase, phaseRules, phases, type Phase } from "./phase.ts";

/** The phase whose plan a person approves, and the one that the approval leads to. */
export const { gatedPhase, phaseBehindGate } = findGate();

/** The phases that a session can be in before anyone has approved its plan. */
const beforeGate = reachWithoutApproval();

/** Whether a phase lies before the plan gate: a way leads to it that passes no gate. */
export function isBeforeGate(phase: Phase): boolean {
  return beforeGate.has(phase);
}

/** Whether a phase lies behind the plan gate. */
export function isBehindGate(phase: Phase): boolean {
  return isPhase(phase) && !isBeforeGate(phase);
}

function reachWithoutApproval(): ReadonlySet<Phase> {
  const reached = new Set<Phase>([phases[0]]);
  // A set that grows while it is walked is walked to its end.
  for (const phase of reached) {
    const { next, gate } = phaseRules[phase];
    if (gate === undefined) for (const to of next) reached.add(to);
  }
  return reached;
}

function findGate() {
  const [gatedPhase, another] = phases.filter((phase) => phaseRules[phase].gate !== undefined);
  const [phaseBehindGate, otherWay] = gatedPhase === undefined ? [] : phaseRules[gatedPhase].next;
  if (gatedPhase === undefined || phaseBehindGate === undefined || another || otherWay)
    throw new Error("the phase table must have one gate, with one phase behind it");
  return { gatedPhase, phaseBehindGate };
}
