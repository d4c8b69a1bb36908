import { sessionSetup } from "./machine-setup.ts";
import { mapPhases, phaseRules, phases, type Phase } from "../workflow/phase.ts";

/** The states of all phases: in each, one agent runs one iteration. */
export const phaseStates = mapPhases(createPhaseState);

/** The way into each phase when a session is entered. */
export const phaseEntries = phases.map(
  (phase) => ({ guard: { type: "isIn", params: { phase } }, target: `working.${phase}` }) as const,
);

/** The state of a phase, as its row of the phase table says. */
function createPhaseState(phase: Phase) {
  const { description, next, evidence = [], gate, signals } = phaseRules[phase];
  const verified = evidence.map(
    (to) =>
      ({
        guard: { type: "mustVerify", params: { to } },
        target: "#session.verifying",
        actions: "rememberNext",
      }) as const,
  );
  const onward = next.map((to) =>
    gate === undefined
      ? ({ guard: { type: "mayGo", params: { to } }, target: to } as const)
      : ({
          guard: { type: "asksToGo", params: { to } },
          target: "#session.waiting.approval",
        } as const),
  );
  const again = {
    guard: { type: "mayGo", params: { to: phase } },
    target: phase,
    reenter: true,
  } as const;
  return sessionSetup.createStateConfig({
    description,
    entry: { type: "beginIteration", params: { phase } },
    exit: "endIteration",
    invoke: { id: "agent", src: "agent", input: ({ context }) => context },
    ...(signals.includes("continue") && {
      on: { "signal.continue": [...verified, again, ...onward] },
    }),
  });
}
