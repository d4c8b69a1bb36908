import { statSync } from "node:fs";
import { join } from "node:path";
import type { IterationFacts } from "@samocode/core";
import { cannotAsk, findAskProblem } from "@samocode/core/overview";
import { sessionFiles, StoreError, type Store } from "@samocode/core/store";
import { isMarked, type AnswerMarks } from "./known-answers.ts";

/**
 * What an agent asks in `_qa.md`, and why that cannot be put to a human, if it cannot.
 *
 * @param marks The questions that were answered when its iteration began.
 * @param endedAt When an agent ended that no runner saw end, Unix time in ms: what was saved later, a human has saved.
 */
export function readAsked(
  store: Store,
  marks: AnswerMarks | undefined,
  endedAt?: number,
): NonNullable<IterationFacts["asks"]> {
  try {
    const text = store.readQuestions();
    const isEdited = endedAt !== undefined && savedAt(store) > endedAt;
    if (isEdited && text !== undefined) return {};
    const problem = findAskProblem(text, (question) => isMarked(marks, question));
    return problem === undefined && text !== undefined ? { text } : { problem: problem ?? "" };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { problem: `${cannotAsk}: ${error.message}` };
  }
}

function savedAt({ folder }: Store): number {
  return statSync(join(folder, sessionFiles.questions), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
