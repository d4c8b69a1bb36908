import {
  explainLateSignal,
  missingSignal,
  parseSignal,
  SignalError,
  type Signal,
} from "@samocode/core";
import { maskSecrets } from "@samocode/core/overview";
import type { HistoryRecord, Store } from "@samocode/core/store";

/** What an agent left in `_signal.json`. */
export type AgentAnswer =
  | { readonly type: "taken"; readonly signal: Signal }
  | {
      readonly type: "refused";
      readonly problem: string;
      readonly text?: string;
      /** Where the signal of another iteration is to be kept. */
      readonly late?: string;
    };

/** The longest refused answer that the history keeps, in characters. */
const maxKept = 4000;

/**
 * Reads what the agent of an iteration answered. Nothing is moved: a signal of another iteration stays where
 * it is until that is recorded ({@link clearAnswer}), or a crash in between would make it one that nobody saw.
 *
 * @param at The time, Unix time in ms; it names the file in `_late/`.
 */
export function readAnswer(store: Store, iteration: number, at: number): AgentAnswer {
  const text = store.readSignal();
  if (text === undefined) return { type: "refused", problem: missingSignal };
  try {
    const signal = parseSignal(text);
    if (signal.iteration === undefined || signal.iteration === iteration) {
      return { type: "taken", signal };
    }
    const late = store.nameLateSignal(at);
    const problem = explainLateSignal(signal.iteration, iteration);
    return { type: "refused", problem, text: keptOf(text), late };
  } catch (error) {
    if (!(error instanceof SignalError)) throw error;
    return { type: "refused", problem: error.message, text: keptOf(text) };
  }
}

/** The answer as the record of the end of its iteration keeps it. */
export function formatAnswer(answer: AgentAnswer): Partial<HistoryRecord> {
  if (answer.type === "taken") return { signal: answer.signal };
  return {
    ...(answer.text !== undefined && { refused: answer.text }),
    ...(answer.late !== undefined && { late: answer.late }),
  };
}

/**
 * Makes room for a new answer. The one that the history has, as the answer of the iteration that ended last,
 * goes away; any other is moved to `_late/`, for it belongs to an agent that nobody listened to.
 *
 * @returns Where in the session folder an answer was moved to that no record tells of yet.
 */
export function clearAnswer(store: Store): string | undefined {
  const text = store.readSignal();
  const { ended = {} } = store.readHistoryTail();
  const { late } = ended;
  const isKnown = ended.event?.startsWith("signal.") === true && isAnswer(text, ended);
  if (isKnown && typeof late === "string") store.setSignalAside(late);
  else if (isKnown) store.clearSignal();
  else {
    const name = store.nameLateSignal(Date.now());
    store.setSignalAside(name);
    return text === undefined ? undefined : name;
  }
  return undefined;
}

/** What the history keeps of a refused answer. */
function keptOf(text: string): string {
  return maskSecrets(text).slice(0, maxKept);
}

function isAnswer(text: string | undefined, { signal, refused }: HistoryRecord): boolean {
  if (text === undefined || typeof refused === "string") return refused === (text && keptOf(text));
  try {
    return JSON.stringify(parseSignal(text)) === JSON.stringify(signal);
  } catch {
    return false;
  }
}
