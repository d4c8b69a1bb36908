import {
  answerQuestion,
  chooseAnswer,
  keepQuestions,
  openQuestions,
  parseQuestions,
  printableText,
  QuestionError,
  type GivenAnswer,
  type Question,
  type QuestionOption,
  suggestedAnswer,
} from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import { withReadableOverview } from "./overview-patience.ts";
import { decideAlone, type DecisionResult } from "./decision.ts";
import { readEntrance } from "./session-entrance.ts";
import { wholeQuestions } from "./readable-questions.ts";
import { withWriteLock } from "./session-lock.ts";
import { readReport } from "./session-report.ts";

export interface AnswerOptions {
  /** Takes the suggestion of every question that is open after the given answers. @default false */
  readonly suggestions?: boolean;
  /**
   * Replaces an answer that is there, as long as the session waits for answers. Without it the first
   * answer counts. @default false
   */
  readonly replace?: boolean;
  /** Who answers, as the history tells it. @default the name of the user of this machine */
  readonly by?: string;
}

/** What came of the answers. */
export interface AnsweringResult {
  /** The questions that still wait for an answer. */
  readonly open: readonly Question[];
  /** The questions that had another answer already, and kept it. */
  readonly late: readonly Question[];
  /** The ids of the questions that have another answer now. */
  readonly answered: readonly string[];
  /** What the machine made of it: it goes on once no question is open. */
  readonly result: DecisionResult;
}

/**
 * Writes a person's answers into `_qa.md` and tells the machine. Every way to answer comes through here:
 * command, prompt, page, chat. Either all the answers can be written or none is.
 *
 * @throws {QuestionError} When nothing was asked, there is no such question, or an answer is empty.
 * @throws {StoreError} When the folder cannot be read or written.
 * @example
 * const { open } = await answerQuestions(store, [{ id: "Q1", text: "A" }], { suggestions: true });
 */
export async function answerQuestions(
  store: Store,
  answers: readonly GivenAnswer[],
  options: AnswerOptions = {},
): Promise<AnsweringResult> {
  return withReadableOverview(() => answerOnce(store, answers, options));
}

async function answerOnce(
  store: Store,
  answers: readonly GivenAnswer[],
  options: AnswerOptions,
): Promise<AnsweringResult> {
  const { by } = options;
  return withWriteLock(store, () => {
    // A session that cannot be entered takes no decision: then nothing is written either.
    const { asking } = readEntrance(store, Date.now(), { maxIterations: 0 }).memory;
    const found = store.readQuestions();
    const { text: before, missing } = keepQuestions(found ?? "", asking);
    refuseMissing(missing);
    const { text, late } = answerAll(store, before, answers, options);
    const given = findNews(parseQuestions(before), parseQuestions(text));
    const answered = given.map(({ id }) => id);
    const open = openQuestions(text);
    if (text !== found) store.writeQuestions(text);
    try {
      const result = decideAlone(store, {
        type: "answer",
        open: open.length,
        ...(answered.length > 0 && { answered, given }),
        ...(by !== undefined && { by }),
      });
      return { open, late, answered, result };
    } catch (error) {
      if (found !== undefined && store.readQuestions() === text) store.writeQuestions(found);
      throw error;
    }
  });
}

interface Written {
  readonly text: string;
  readonly late: readonly Question[];
}

/** Nothing is answered in a file in which a part of what was asked cannot be found. */
function refuseMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new QuestionError({
    id: missing.join(", "),
    found: "no such question in `_qa.md`",
    expected: wholeQuestions,
  });
}

function answerAll(
  store: Store,
  before: string,
  answers: readonly GivenAnswer[],
  { suggestions = false, replace = false }: AnswerOptions,
): Written {
  if (parseQuestions(before).length === 0) {
    throw new QuestionError({
      id: answers[0]?.id ?? "the questions",
      found: "no question in `_qa.md`",
      expected: "a question that the agent asked",
    });
  }
  refuseTwoAnswers(answers);
  const late: Question[] = [];
  let text = before;
  const mayReplace = replace && readReport(store, "").state === "waiting.answers";
  for (const { id, text: words } of answers) {
    const question = findQuestion(text, id);
    const chosen = question === undefined ? words : chooseAnswer(question, words);
    const after = answerQuestion(text, id, chosen);
    const isTaken = question?.answer !== undefined && !isThere(question, chosen);
    if (!isTaken || mayReplace) text = after;
    else late.push(question);
  }
  if (suggestions) {
    for (const question of openQuestions(text)) {
      const suggested = suggestedAnswer(question);
      if (suggested !== undefined) text = answerQuestion(text, question.id, suggested);
    }
  }
  return { text, late };
}

/** Of two answers that one person gives at once to one question, neither is the first. */
function refuseTwoAnswers(answers: readonly GivenAnswer[]): void {
  const texts = new Map<string, string>();
  for (const { id: word, text } of answers) {
    const id = word.toUpperCase();
    const other = texts.get(id) ?? text;
    if (other.trim() !== text.trim()) {
      const found = `two answers, \`${printableText(other, 80)}\` and \`${printableText(text, 80)}\``;
      throw new QuestionError({ id, found, expected: "one" });
    }
    texts.set(id, text);
  }
}

/** An answer changes no other question, so both texts have the same ones. */
function findNews(before: readonly Question[], after: readonly Question[]): readonly GivenAnswer[] {
  return after.flatMap(({ id, answer: text }, index) =>
    text === undefined || text === before[index]?.answer ? [] : [{ id, text }],
  );
}

/** The question of this name; if there are several, the one that is open. */
function findQuestion(text: string, id: string): Question | undefined {
  const named = parseQuestions(text).filter((one) => one.id.toLowerCase() === id.toLowerCase());
  return named.find(({ answer }) => answer === undefined) ?? named[0];
}

/** Whether this is the answer that is there: by hand, an option is often chosen with its letter alone. */
function isThere({ answer = "", options }: Question, chosen: string): boolean {
  const isOption = ({ letter, text }: QuestionOption): boolean =>
    answer.toUpperCase() === letter && chosen === `${letter}) ${text}`;
  return answer === chosen.trim() || options.some(isOption);
}
