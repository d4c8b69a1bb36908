import {
  openQuestions,
  parseQuestions,
  QuestionError,
  type Question,
  type Store,
} from "@samocode/core";
import { answerQuestions } from "../session/answer-questions.ts";
import { markFolder, waitForChange } from "../session/folder-change.ts";
import { readQuestionsOrFault } from "../session/readable-questions.ts";
import { choose, tellBetween, write, type Asked, type Choice, type Reply } from "./prompt.ts";

/** Values of choices that are no letters of options. */
const own = "own words";
const suggested = "suggestion";
const all = "all suggestions";
const skip = "skip";
const later = "later";

/**
 * Asks the open questions of a session one by one, the suggestion preselected. Each answer is written at once.
 * What is answered elsewhere meanwhile is told, and asked no more.
 */
export async function askQuestions(store: Store, cancel: AbortSignal): Promise<Asked> {
  const skipped = new Set<string>();
  for (;;) {
    if (cancel.aborted) return "decided";
    const open = openQuestions(readQuestionsOrFault(store).text);
    const question = open.find(({ id }) => !skipped.has(id));
    if (question === undefined) return open.length === 0 ? "decided" : "later";
    const answered = await askOne(store, question, open.length, cancel);
    if (answered === "skipped") skipped.add(question.id);
    else if (answered !== "answered") return answered;
  }
}

async function askOne(
  store: Store,
  question: Question,
  open: number,
  cancel: AbortSignal,
): Promise<"answered" | "skipped" | "later" | "interrupted"> {
  const elsewhere = watchAnswer(store, question, cancel);
  const prompt = {
    message: `${question.id}: ${question.title}${open > 1 ? `  (${open} are open)` : ""}`,
    cancel: AbortSignal.any([cancel, elsewhere.cancel]),
  };
  try {
    const reply = await replyTo(question, open, prompt);
    if (reply.type === "overtaken") return tellElsewhere(store, question);
    if (reply.type !== "given") return reply.type;
    if (reply.value === later) return "later";
    if (reply.value === skip) return "skipped";
    return await give(store, question, reply.value);
  } finally {
    elsewhere.release();
  }
}

async function replyTo(
  question: Question,
  open: number,
  prompt: { readonly message: string; readonly cancel: AbortSignal },
): Promise<Reply<string>> {
  const choice = await choose(choicesOf(question, open), {
    ...prompt,
    initial: question.suggestion?.letter ?? (question.suggestion && suggested),
  });
  if (choice.type !== "given" || choice.value !== own) return choice;
  const words = await write({ ...prompt, message: `${question.id}, in your own words` });
  // Esc goes back to the choices.
  return words.type === "skipped" ? await replyTo(question, open, prompt) : words;
}

function choicesOf({ options, suggestion }: Question, open: number): readonly Choice<string>[] {
  const isFree = suggestion !== undefined && suggestion.letter === undefined;
  return [
    ...options.map(({ letter, text }) => ({
      value: letter,
      label: `${letter}) ${text}`,
      hint: letter === suggestion?.letter ? formatReason(suggestion.text) : undefined,
    })),
    ...(isFree ? [{ value: suggested, label: suggestion.text, hint: "suggested" }] : []),
    { value: own, label: "Answer in your own words" },
    ...(open > 1 ? [{ value: skip, label: "Skip this question for now" }] : []),
    ...(open > 1 && suggestion !== undefined
      ? [{ value: all, label: `Take the suggestions of all ${open} open questions` }]
      : []),
    { value: later, label: "Decide later" },
  ];
}

/** What the agent says for the option that it suggests: `A - readable` is told without its letter. */
function formatReason(suggestion: string): string {
  const reason = suggestion.replace(/^\(?[A-Za-z](?:$|\)|[.:,]|\s+[–—-])\s*/, "");
  return reason === "" ? "suggested" : `suggested: ${reason}`;
}

async function give(store: Store, question: Question, value: string): Promise<"answered"> {
  const { id, suggestion } = question;
  const text = value === suggested ? (suggestion?.text ?? "") : value;
  try {
    const { late } = await (value === all
      ? answerQuestions(store, [], { suggestions: true })
      : answerQuestions(store, [{ id, text }]));
    for (const { id, answer } of late) tellBetween(lateText(id, answer));
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    tellBetween(error.message);
  }
  return "answered";
}

function tellElsewhere(store: Store, { id }: Question): "answered" {
  const now = parseQuestions(readQuestionsOrFault(store).text).find((one) => one.id === id);
  if (now?.answer !== undefined) tellBetween(lateText(id, now.answer));
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
      const isOpen = openQuestions(readQuestionsOrFault(store).text).some((one) => one.id === id);
      if (!isOpen) return answered.abort();
      await waitForChange(store.folder, mark, until);
    }
  };
  // What cannot be read is told by whoever writes the answer.
  watch().catch(() => {});
  return { cancel: answered.signal, release: () => stop.abort() };
}
