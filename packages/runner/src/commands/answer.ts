import { answerQuestion, openQuestions, parseQuestions } from "@samocode/core";
import { printableText } from "../claude/printable-text.ts";
import { decide } from "../session/decision.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { withWriteLock } from "../session/session-driver.ts";
import { openSession, type SessionFlags } from "../session/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";
import { UsageError } from "../terminal/report-error.ts";

/** Writes answers into `_qa.md`; with the last one the session may go on. */
export async function answer(
  name: string,
  answers: readonly string[],
  flags: SessionFlags & { readonly suggestions?: boolean },
): Promise<number> {
  const { store, name: session } = await openSession(name, flags);
  const given = answers.map(parseAnswer);
  const open = await withWriteLock(store, () => {
    const before = store.readQuestions() ?? "";
    if (parseQuestions(before).length === 0) {
      throw new UsageError(
        `cannot answer \`${session}\`: it has asked nothing (no question in _qa.md)`,
      );
    }
    let text = before;
    for (const { id, text: words } of given) text = answerQuestion(text, id, words);
    if (flags.suggestions === true) {
      for (const { id, suggestion } of openQuestions(text)) {
        if (suggestion !== undefined) text = answerQuestion(text, id, suggestion.text);
      }
    }
    if (text !== before) store.writeQuestions(text);
    return openQuestions(text);
  });
  const result = await decide(store, { type: "answer", open: open.length });
  if (flags.json === true) {
    printJson({ session, open: open.map(({ id, title }) => ({ id, title })), ...result });
    return exitCodes.done;
  }
  for (const { id, title } of open) printLine(`open: ${id} ${printableText(title, 200)}`);
  if (open.length === 0)
    printLine(`All questions are answered. Go on with: samocode-run ${session}`);
  else printLine(`Answer with: samocode-run answer ${session} ${open[0]?.id ?? "Q1"}="…"`);
  return exitCodes.done;
}

function parseAnswer(text: string): { id: string; text: string } {
  const [, id, words] = /^(Q\d+)=(.*)$/is.exec(text) ?? [];
  if (id === undefined || words === undefined || words.trim() === "") {
    throw new UsageError(`cannot read the answer \`${text}\`: expected Q1=A or Q1="free text"`);
  }
  return { id: id.toUpperCase(), text: words };
}
