import { explainIllegalMove } from "./legality.ts";
import type { Phase } from "./phase.ts";
import { parseSignal, SignalError } from "./signal.ts";

/** The iteration that a signal must fit. */
export interface RunningIteration {
  readonly phase: Phase;
  readonly iteration: number;
  /** Says why what the agent asks cannot be put to a human. @default no one looks */
  readonly askProblem?: () => string | undefined;
}

/**
 * Says what is wrong with the text of `_signal.json`, or nothing if the runner will take it. It asks for
 * no more than the machine does: a plan that goes on to `implementation` is fine, for then a person is asked.
 *
 * @param text The file; nothing if there is none.
 * @example
 * findSignalProblem('{"status":"done","summary":"x"}', { phase: "testing", iteration: 3 });
 * // "cannot answer `done` in `testing`: expected `continue`, `waiting`, `blocked`"
 */
export function findSignalProblem(
  text: string | undefined,
  { phase, iteration, askProblem }: RunningIteration,
): string | undefined {
  if (text === undefined) return missingSignal;
  try {
    const signal = parseSignal(text);
    if (signal.iteration !== undefined && signal.iteration !== iteration) {
      return explainLateSignal(signal.iteration, iteration);
    }
    const isAsking = signal.status === "waiting" && signal.for === "qa_answers";
    return explainIllegalMove(signal, phase) ?? (isAsking ? askProblem?.() : undefined);
  } catch (error) {
    if (!(error instanceof SignalError)) throw error;
    return error.message;
  }
}

/** What an agent is told that wrote no signal. */
export const missingSignal = "cannot find `_signal.json`: expected it in the session folder";

/** What an agent is told whose signal belongs to another iteration. */
export function explainLateSignal(found: number, running: number): string {
  return `cannot take \`iteration\` \`${found}\`: expected \`${running}\``;
}
