import type { Asked } from "../asking/prompter.ts";
import {
  openQuestions,
  printableText,
  type GivenAnswer,
  type Question,
} from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import {
  type AnswerDocument,
  answerQuestions,
  type AnsweringResult,
  formatAnswerCommand,
  formatCommand,
  formatGoOn,
  describeAnswer,
  readKeptQuestions,
  refusedDecision,
  readRunHolder,
  exitCodes,
  stateWords,
  UsageError,
} from "@samocode/session";
import { openSession, type SessionFlags } from "../config/open-session.ts";
import { listenForStop } from "@samocode/process";
import { openKeyboard } from "../terminal/keyboard.ts";
import { isAtTerminal, printJson, printLine } from "../terminal/output.ts";

/** Writes answers into `_qa.md`; with the last one the session may go on. */
export async function answer(
  name: string,
  answers: readonly string[],
  flags: SessionFlags & { readonly suggestions: boolean; readonly replace: boolean },
): Promise<number> {
  const { suggestions, replace } = flags;
  const { store, name: session } = await openSession(name, flags);
  const isAlone = answers.length === 0 && !suggestions && flags.json !== true;
  const isAsked = openQuestions(readKeptQuestions(store).text).length > 0;
  if (isAlone && isAsked && isAtTerminal()) return await askAtTerminal(store, session);
  const given = answers.map(parseAnswer);
  if (given.length === 0 && !suggestions) throw nothingGiven(store, session);
  const done = await answerQuestions(store, given, { suggestions, replace });
  const { open, late, answered, result } = done;
  if (given.length === 0 && answered.length === 0) throw nothingSuggested(store, session, done);
  if (flags.json === true) {
    const document: AnswerDocument = {
      session,
      open: open.map(({ id, title }) => ({ id, title })),
      late: late.map(({ id, answer: first = "" }) => ({ id, answer: first })),
      ...result,
    };
    printJson(document);
  } else tell(session, { open, result });
  if (late.length === 0) return exitCodes.done;
  throw new UsageError(late.map((question) => explainLate(store, question)).join("\n"));
}

/** Asks what is open, if nothing was given. */
async function askAtTerminal(store: Store, session: string): Promise<number> {
  const { askPerson } = await import("../asking/ask-person.ts");
  const stop = listenForStop();
  const keyboard = openKeyboard(process.stdin);
  let asked: Asked;
  try {
    asked = await askPerson(store, "waiting.answers", keyboard, stop.cancel);
  } finally {
    keyboard.close();
    stop.release();
  }
  const open = openQuestions(readKeptQuestions(store).text);
  const running = readRunHolder(store) !== undefined;
  tell(session, { open, result: { taken: true, from: "waiting.answers", running } });
  return stop.exitCode() ?? (asked === "interrupted" ? exitCodes.sigint : exitCodes.done);
}

interface Told {
  readonly open: readonly Question[];
  readonly result: Pick<AnsweringResult["result"], "taken" | "from" | "running">;
}

function tell(session: string, { open, result }: Told): void {
  for (const { id, title } of open) printLine(`open: ${id} ${printableText(title, 200)}`);
  const [next] = open;
  if (next !== undefined) printLine(`Answer with: ${formatAnswerCommand(session, next)}`);
  else if (result.taken && result.running) {
    printLine("All questions are answered. The running session continues.");
  } else if (result.taken || result.from === "paused") {
    printLine(`All questions are answered. Continue with: ${formatGoOn(session)}`);
  } else {
    printLine(
      `All questions are answered, but the session waits for something else. Its state now: ${stateWords(result.from)}. See: ${formatCommand("status", session)}`,
    );
  }
}

function nothingGiven(store: Store, session: string): UsageError {
  const { text, fault } = readKeptQuestions(store);
  const open = openQuestions(text);
  const [first] = open;
  if (first === undefined)
    return new UsageError(fault ?? `cannot answer \`${session}\`: no question is open`);
  const asked = open.flatMap(({ id, title, detail, options, suggestion }) => [
    `  ${id}: ${printableText(title, 200)}`,
    ...(detail === undefined ? [] : [`     ${printableText(detail, 500)}`]),
    ...options.map(({ letter, text }) => `     ${letter}) ${printableText(text, 200)}`),
    ...(suggestion === undefined ? [] : [`     suggested: ${printableText(suggestion.text, 200)}`]),
  ]);
  return new UsageError(
    [
      `cannot answer \`${session}\`: no answer given. Open questions:`,
      ...asked,
      `Answer with: ${formatAnswerCommand(session, first)}, or accept the suggestions: ${formatCommand("answer", session)} --suggestions`,
    ].join("\n"),
  );
}

function nothingSuggested(
  store: Store,
  session: string,
  { open, result }: AnsweringResult,
): UsageError {
  return open.length === 0
    ? refusedDecision(store, session, "answer", result.from)
    : new UsageError(`cannot answer \`${session}\`: no open question has a suggestion`);
}

function explainLate(store: Store, { id, answer: first = "" }: Question): string {
  const who = describeAnswer(store, id);
  const by = who === undefined ? "" : ` (${who})`;
  return `cannot answer ${id}: it already has the answer \`${printableText(first, 200)}\`${by}. Use --replace to change it while the session waits for answers`;
}

function parseAnswer(text: string): GivenAnswer {
  const [, id, words] = /^(Q\d+)=(.*)$/is.exec(text) ?? [];
  if (id === undefined || words === undefined || words.trim() === "") {
    throw new UsageError(`cannot read the answer \`${text}\`: expected Q1=A or Q1="free text"`);
  }
  return { id: id.toUpperCase(), text: words };
}
