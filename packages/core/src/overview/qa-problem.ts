import { lineAt, lineBreakAt, lineEnd } from "../text/markdown-document.ts";
import { isAnswered, locateQuestions, type LocatedQuestion, type Question } from "./qa.ts";
import { isPlaceholder } from "../text/placeholder.ts";

/** With these words begins all that is wrong with what an agent asks. */
export const cannotAsk = "cannot ask";

/** The longest `_qa.md` that is taken, in characters. */
export const maxQuestions = 200_000;

/** The shape in which a question is read, as agents are shown it. */
export const questionShape = `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_`;

/**
 * Says why a `_qa.md` cannot be put to a human, or nothing if it can: an open question that can be read, nothing that
 * looks like one and cannot be read, and no answer but a human's.
 *
 * @param text The file; nothing if there is none.
 * @param isHumans Whether the answer of a question was there before the agent asked.
 * @example
 * findAskProblem("### Q1: Where?\n**Answer:** yes\n", () => false); // "cannot ask: Q1 in `_qa.md` has an answer not given by a human, expected `_waiting_`"
 */
export function findAskProblem(
  text: string | undefined,
  isHumans: (question: Question) => boolean,
): string | undefined {
  const problem = problemOf(text, isHumans);
  return problem && `${cannotAsk}: ${problem}`;
}

function problemOf(
  text: string | undefined,
  isHumans: (question: Question) => boolean,
): string | undefined {
  if (text === undefined || text.trim() === "") {
    const what = text === undefined ? "is not in the session folder" : "is empty";
    return `\`_qa.md\` ${what}, expected it to have an open question`;
  }
  if (text.length > maxQuestions) {
    return `\`_qa.md\` has ${text.length} characters, expected at most ${maxQuestions}`;
  }
  const located = locateQuestions(text);
  const stray = findStray(text, located);
  if (stray !== undefined) {
    return `line ${stray} of \`_qa.md\` looks like a question but cannot be parsed, expected \`### Q1: …\` with an \`**Answer:** _waiting_\` of its own`;
  }
  const questions = located.map(({ question }) => question);
  const forged = questions.find((question) => isAnswered(question) && !isHumans(question));
  if (forged !== undefined) {
    return `${forged.id} in \`_qa.md\` has an answer not given by a human, expected \`_waiting_\``;
  }
  const open = questions.filter((question) => !isAnswered(question));
  if (open.length === 0) {
    const found = questions.length === 0 ? "no readable question" : "no open question";
    return `\`_qa.md\` has ${found}, expected one with \`**Answer:** _waiting_\``;
  }
  const twice = open.find(({ id }, index) => open.findIndex((one) => one.id === id) < index);
  if (twice !== undefined) {
    return `two open questions in \`_qa.md\` are named ${twice.id}, expected unique numbers`;
  }
  const blank = open.find(({ title, detail }) => isPlaceholder(title) && detail === undefined);
  return blank && `${blank.id} in \`_qa.md\` asks nothing, expected a question behind its number`;
}

// `### Question 2`, `**Q2.**`, `- Q2: When?`: what a reader takes for the title of a question.
const heading = /^ {0,3}#{1,6}[ \t]+[*_`]{0,3}q(?:uestion)?[ \t.#-]{0,3}\d{1,9}(?![\p{L}\d])/iu;
const label =
  /^[ \t>]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?[*_]{0,3}q(?:uestion)?[ \t.#-]{0,3}\d{1,9}[*_]{0,3}[:.)]/i;
const answerLine = /^[ \t>]*(?:[-*+][ \t]+)?[*_]{0,3}answer[*_]{0,3}[ \t]*:(.*)$/i;

/** The line of what an agent seems to ask and no one would see, or could answer there. */
function findStray(text: string, located: readonly LocatedQuestion[]): number | undefined {
  for (let start = 0; start < text.length;) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const owner = located.find((each) => each.start <= start && start < each.end);
    const answer = answerLine.exec(line)?.[1];
    const isOpenAnswer = answer !== undefined && isPlaceholder(answer);
    const own = owner?.answerSpan?.start ?? -1;
    if (isOpenAnswer && !(start <= own && own <= end)) return lineAt(text, start);
    if (owner === undefined && (heading.test(line) || label.test(line))) return lineAt(text, start);
    start = end + Math.max(1, lineBreakAt(text, end).length);
  }
  return undefined;
}
