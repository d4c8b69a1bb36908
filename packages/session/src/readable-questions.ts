import type { SessionMemory } from "@samocode/core";
import { keepQuestions } from "@samocode/core/overview";
import { StoreError, type Store } from "@samocode/core/store";

/** `_qa.md`, as far as it can be read. */
export interface ReadableQuestions {
  /** The text; empty if there is none, or none that can be read and nothing is known of what was asked. */
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

/**
 * The same with what was asked and answered, whatever a stale or a half save has left of it.
 *
 * @param memory The session's own. @default that of its last record
 */
export function readKeptQuestions(
  store: Store,
  memory: Pick<SessionMemory, "asking"> | undefined = store.readHistoryTail().state?.memory,
): ReadableQuestions {
  const { text, ...fault } = readQuestionsOrFault(store);
  if (memory?.asking === undefined) return { text, ...fault };
  const { text: kept, missing } = keepQuestions(text, memory.asking);
  if (missing.length === 0) return { text: kept, ...fault };
  return { text: keepQuestions("", memory.asking).text, fault: explainMissing(missing) };
}

/** What a `_qa.md` must be so that all that was asked is found in it. */
export const wholeQuestions = "every code fence and comment closed, and every question still there";

/** Says why questions that were asked cannot be found, though the file can be read. */
export function explainMissing(ids: readonly string[]): string {
  return `cannot find ${ids.join(", ")} in \`_qa.md\`: expected ${wholeQuestions}`;
}
