import { gatedPhase } from "./phase-gate.ts";
import { phaseRules, waitReasons, type Phase, type SignalStatus } from "./phase.ts";

/** The part of a signal that can be legal or not in a phase. */
export interface Move {
  readonly status: SignalStatus;
  readonly phase?: Phase | undefined;
  readonly for?: string | undefined;
}

/**
 * Says why a signal is not legal in a phase, or nothing if it is.
 * The sentence is meant for the agent that sent it: it names what may be sent instead.
 *
 * @example
 * explainIllegalMove({ status: "continue", phase: "done" }, "planning");
 * // "cannot go from `planning` to `done`: expected `planning`, `implementation`"
 */
export function explainIllegalMove(move: Move, phase: Phase): string | undefined {
  const rule = phaseRules[phase];
  if (!rule.signals.includes(move.status)) {
    return `cannot answer \`${move.status}\` in \`${phase}\`: expected ${quoted(rule.signals)}`;
  }
  const target = move.phase ?? phase;
  const targets = move.status === "continue" ? [phase, ...rule.next] : [phase];
  if (!targets.includes(target)) {
    return move.status === "continue"
      ? `cannot go from \`${phase}\` to \`${target}\`: expected ${quoted(targets)}`
      : `cannot answer \`${move.status}\` for \`${target}\` in \`${phase}\`: expected \`phase\` to be \`${phase}\``;
  }
  if (move.for !== undefined && !(waitReasons as readonly string[]).includes(move.for)) {
    return `cannot wait for \`${move.for}\`: expected ${quoted(waitReasons)}`;
  }
  if (move.for === "plan_approval" && rule.gate !== "plan_approval") {
    return `cannot wait for \`plan_approval\` in \`${phase}\`: only \`${gatedPhase}\` has this gate`;
  }
  return undefined;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
