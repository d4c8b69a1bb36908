import { keepQuestions, StoreError, type SessionMemory, type Store } from "@samocode/core";

/** `_qa.md`, as far as it can be read. */
export interface ReadableQuestions {
  /** The text; empty if there is none, or none that can be read. */
  readonly text: string;
  /** Why it cannot be read. */
  readonly fault?: string;
}

/** Reads `_qa.md`. One that cannot be read, such as one in another encoding, is no reason to fail. */
export function readQuestionsOrFault(store: Store): ReadableQuestions {
  try {
    return { text: store.readQuestions() ?? "" };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { text: "", fault: error.message };
  }
}

/** The same with what was asked and answered, whatever a stale or a half save has left of it. */
export function readKeptQuestions(
  store: Store,
  memory: Pick<SessionMemory, "asking"> | undefined,
): ReadableQuestions {
  const { text, ...fault } = readQuestionsOrFault(store);
  return { text: memory?.asking ? keepQuestions(text, memory.asking).text : text, ...fault };
}
