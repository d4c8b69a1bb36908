import {
  openQuestions,
  parseQuestions,
  QuestionError,
  type GivenAnswer,
  type Question,
} from "@samocode/core/overview";
import { StoreError, type Store } from "@samocode/core/store";
import {
  answerQuestions,
  type AnswerOptions,
  markFolder,
  waitForChange,
  readKeptQuestions,
} from "@samocode/session";
import type { Choice } from "./prompt-state.ts";
import type { Asked, Prompter } from "./prompter.ts";

/** Values of choices that are no letters of options. */
const own = "own words";
const suggested = "suggestion";
const all = "all suggestions";
const skip = "skip";
const later = "later";

/**
 * Asks the open questions of a session one by one, the suggestion preselected. Each answer is written at once.
 * What is answered elsewhere meanwhile is reported, and not asked again; a save that breaks `_qa.md` takes no prompt away.
 */
export async function askQuestions(
  store: Store,
  prompter: Prompter,
  cancel: AbortSignal,
): Promise<Asked> {
  const skipped = new Set<string>();
  for (;;) {
    if (cancel.aborted) return "decided";
    const mark = markFolder(store.folder);
    const { text, fault } = readKeptQuestions(store);
    const open = openQuestions(text);
    if (open.length === 0 && fault !== undefined) {
      await waitForChange(store.folder, mark, cancel);
      continue;
    }
    const question = open.find(({ id }) => !skipped.has(id));
    if (question === undefined) return open.length === 0 ? "decided" : "later";
    const answered = await askOne(store, question, open.length, { prompter, cancel });
    if (answered === "skipped") skipped.add(question.id);
    else if (answered !== "answered") return answered;
  }
}

async function askOne(
  store: Store,
  question: Question,
  open: number,
  { prompter, cancel }: { readonly prompter: Prompter; readonly cancel: AbortSignal },
): Promise<"answered" | "skipped" | "later" | "interrupted"> {
  const { id, title, detail, suggestion } = question;
  const elsewhere = watchAnswer(store, question, cancel);
  try {
    const end = await prompter.ask(
      {
        message: `${id}: ${title}${open > 1 ? `  (${open} are open)` : ""}`,
        detail,
        choices: choicesOf(question, open),
        initial: suggestion === undefined ? own : (suggestion.letter ?? suggested),
      },
      AbortSignal.any([cancel, elsewhere.cancel]),
    );
    if (end.type === "overtaken") return noteElsewhere(store, question, prompter);
    if (end.type === "skipped" || end.type === "interrupted") return end.type;
    if (end.type === "chosen" && end.value === later) return "later";
    if (end.type === "chosen" && end.value === skip) return "skipped";
    if (end.type === "chosen" && end.value === all) {
      return await give(store, [], prompter, { suggestions: true });
    }
    const isSuggested = end.type === "chosen" && end.value === suggested;
    const words = end.type === "written" ? end.text : end.value;
    const text = isSuggested ? (suggestion?.text ?? "") : words;
    return await give(store, [{ id, text }], prompter);
  } finally {
    elsewhere.release();
  }
}

function choicesOf({ id, options, suggestion }: Question, open: number): readonly Choice[] {
  const isFree = suggestion !== undefined && suggestion.letter === undefined;
  return [
    ...options.map(({ letter, text }) => ({
      value: letter,
      letter,
      label: `${letter}) ${text}`,
      hint: letter === suggestion?.letter ? formatReason(suggestion.text) : undefined,
    })),
    ...(isFree ? [{ value: suggested, label: suggestion.text, hint: "suggested" }] : []),
    { value: own, label: "Answer in your own words", asks: `${id}, in your own words` },
    ...(open > 1 ? [{ value: skip, label: "Skip this question for now" }] : []),
    ...(open > 1 && suggestion !== undefined
      ? [{ value: all, label: `Accept the suggestions of all ${open} open questions` }]
      : []),
    { value: later, label: "Decide later" },
  ];
}

/** What the agent says for the option that it suggests: `A - readable` is told without its letter. */
function formatReason(suggestion: string): string {
  const reason = suggestion.replace(/^\(?[A-Za-z](?:$|\)|[.:,]|\s+[–—-])\s*/, "");
  return reason === "" ? "suggested" : `suggested: ${reason}`;
}

async function give(
  store: Store,
  answers: readonly GivenAnswer[],
  prompter: Prompter,
  options: AnswerOptions = {},
): Promise<"answered"> {
  try {
    const { late } = await answerQuestions(store, answers, options);
    for (const { id, answer } of late) prompter.note(lateText(id, answer));
  } catch (error) {
    if (!(error instanceof QuestionError || error instanceof StoreError)) throw error;
    prompter.note(readKeptQuestions(store).fault ?? error.message);
  }
  return "answered";
}

function noteElsewhere(store: Store, { id }: Question, prompter: Prompter): "answered" {
  const now = parseQuestions(readKeptQuestions(store).text).find((one) => one.id === id);
  if (now?.answer !== undefined) prompter.note(lateText(id, now.answer));
  return "answered";
}

function lateText(id: string, answer = ""): string {
  return `${id} has been answered elsewhere: ${answer}`;
}

/** Says when a question is no longer open, whoever has answered it. */
function watchAnswer(store: Store, { id }: Question, cancel: AbortSignal) {
  const answered = new AbortController();
  const stop = new AbortController();
  const until = AbortSignal.any([cancel, stop.signal]);
  const watch = async (): Promise<void> => {
    while (!until.aborted) {
      const mark = markFolder(store.folder);
      const { text, fault } = readKeptQuestions(store);
      const isOpen = openQuestions(text).some((one) => one.id === id);
      if (!isOpen && fault === undefined) return answered.abort();
      await waitForChange(store.folder, mark, until);
    }
  };
  // The writer of the answer reports an unreadable file.
  watch().catch(() => {});
  return { cancel: answered.signal, release: () => stop.abort() };
}
