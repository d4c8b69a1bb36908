import {
  alignStatus,
  answerQuestion,
  openQuestions,
  parseQuestions,
  suggestedAnswer,
  type SessionEvent,
  type Store,
} from "@samocode/core";

/**
 * Finds what is answered in `_qa.md`, and answers with the suggestions where they count: nothing where there is no
 * news. A status line above the questions is kept in step. Whoever calls it holds the write lock.
 *
 * @param suggestionsBy Why the suggestions count; nothing where they do not.
 */
export function findAnswers(
  store: Store,
  suggestionsBy: string | undefined,
): Extract<SessionEvent, { type: "answer" }> | undefined {
  const found = store.readQuestions() ?? "";
  let text = found;
  const answered: string[] = [];
  for (const question of suggestionsBy === undefined ? [] : openQuestions(found)) {
    const suggested = suggestedAnswer(question);
    if (suggested === undefined) continue;
    text = answerQuestion(text, question.id, suggested);
    answered.push(question.id);
  }
  text = alignStatus(text);
  if (text !== found) store.writeQuestions(text);
  const open = openQuestions(text).length;
  if (suggestionsBy !== undefined && answered.length > 0) {
    return { type: "answer", open, answered, by: suggestionsBy };
  }
  const isAnswered = parseQuestions(text).length > 0 && open === 0;
  return isAnswered ? { type: "answer", open, by: "_qa.md" } : undefined;
}
