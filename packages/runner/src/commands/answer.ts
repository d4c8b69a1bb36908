import { printableText } from "../claude/printable-text.ts";
import { answerQuestions, type GivenAnswer } from "../session/answer-questions.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { openSession, type SessionFlags } from "../session/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";
import { UsageError } from "../terminal/report-error.ts";

/** Writes answers into `_qa.md`; with the last one the session may go on. */
export async function answer(
  name: string,
  answers: readonly string[],
  flags: SessionFlags & { readonly suggestions: boolean; readonly replace: boolean },
): Promise<number> {
  const { suggestions, replace } = flags;
  const { store, name: session } = await openSession(name, flags);
  const given = answers.map(parseAnswer);
  const { open, late, result } = await answerQuestions(store, given, { suggestions, replace });
  if (flags.json === true) {
    printJson({
      session,
      open: open.map(({ id, title }) => ({ id, title })),
      late: late.map(({ id, answer: first }) => ({ id, answer: first })),
      ...result,
    });
  } else {
    for (const { id, title } of open) printLine(`open: ${id} ${printableText(title, 200)}`);
    if (open.length === 0)
      printLine(`All questions are answered. Go on with: samocode-run ${session}`);
    else printLine(`Answer with: samocode-run answer ${session} ${open[0]?.id ?? "Q1"}="…"`);
  }
  if (late.length === 0) return exitCodes.done;
  throw new UsageError(late.map(({ id, answer: first = "" }) => explainLate(id, first)).join("\n"));
}

function explainLate(id: string, first: string): string {
  return `cannot answer ${id}: it is answered already, with \`${printableText(first, 200)}\`. While the session waits for answers, --replace changes it`;
}

function parseAnswer(text: string): GivenAnswer {
  const [, id, words] = /^(Q\d+)=(.*)$/is.exec(text) ?? [];
  if (id === undefined || words === undefined || words.trim() === "") {
    throw new UsageError(`cannot read the answer \`${text}\`: expected Q1=A or Q1="free text"`);
  }
  return { id: id.toUpperCase(), text: words };
}
