import { isDeepStrictEqual } from "node:util";
import {
  parseSignal,
  SignalError,
  type HistoryRecord,
  type Signal,
  type Store,
} from "@samocode/core";
import { explainLateSignal, missingSignal } from "./signal-hook/signal-check.ts";

/** What an agent left in `_signal.json`. */
export type AgentAnswer =
  | { readonly type: "taken"; readonly signal: Signal }
  | {
      readonly type: "refused";
      readonly problem: string;
      readonly text?: string;
      readonly late?: string;
    };

/** The longest refused answer that the history keeps, in characters. */
const maxKept = 4000;

/**
 * Reads what the agent of an iteration answered. A signal of another iteration is moved to `_late/`.
 *
 * @param at The time, in ms since 1970; it names the file in `_late/`.
 */
export function readAnswer(store: Store, iteration: number, at: number): AgentAnswer {
  const text = store.readSignal();
  if (text === undefined) return { type: "refused", problem: missingSignal };
  try {
    const signal = parseSignal(text);
    if (signal.iteration === undefined || signal.iteration === iteration) {
      return { type: "taken", signal };
    }
    const late = store.setSignalAside(at);
    const problem = explainLateSignal(signal.iteration, iteration);
    return { type: "refused", problem, text: text.slice(0, maxKept), ...(late && { late }) };
  } catch (error) {
    if (!(error instanceof SignalError)) throw error;
    return { type: "refused", problem: error.message, text: text.slice(0, maxKept) };
  }
}

/**
 * Makes room for a new answer. The one that the history has kept goes away; any other is moved to `_late/`,
 * for nobody has read it.
 *
 * @returns The path in the session folder where it was moved to.
 */
export function clearAnswer(store: Store, at: number): string | undefined {
  const text = store.readSignal();
  if (text === undefined || !isKept(text, store.readHistoryTail().ended)) {
    return store.setSignalAside(at);
  }
  store.clearSignal();
  return undefined;
}

/** Whether the iteration that a record ended was answered by this text. */
function isKept(text: string, ended: HistoryRecord | undefined): boolean {
  if (ended?.event?.startsWith("signal.") !== true) return false;
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(parseSignal(text))), ended["signal"]);
  } catch (error) {
    if (!(error instanceof SignalError)) throw error;
    return ended["refused"] === text.slice(0, maxKept);
  }
}
