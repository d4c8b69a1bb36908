/** The answer to one question, as a person has written it. */
interface WrittenAnswer {
  readonly question: string;
  readonly text: string;
}

/** What a reply answers, or why nobody can know that. */
export type WrittenAnswers =
  | { readonly answers: readonly WrittenAnswer[] }
  | { readonly problem: string };

/** What a reply is read against. */
export interface AskedQuestions {
  /** The questions that are open, such as `Q1`. */
  readonly open: readonly string[];
  /** The question that words without a number answer; absent if that would be a guess. */
  readonly only?: string | undefined;
}

/**
 * Reads the answers of a reply: `Q1: A, Q2: B`, `Q1=A Q2=B`, `1) a`, one to a line, or words alone if only one
 * question can be meant. A reply in which it is not sure where an answer begins is not understood.
 */
export function readAnswers(text: string, { open, only }: AskedQuestions): WrittenAnswers {
  const words = text.trim();
  const marks = findMarks(words, open, only);
  const [first] = marks;
  if (words === "") return { problem: "Your message has no text." };
  if (first === undefined) {
    return only === undefined
      ? { problem: `Say which question you answer (${open.join(", ")}), ${exampleOf(open)}` }
      : { answers: [{ question: only, text: words }] };
  }
  if (first.begins !== 0) return notSure(open);
  const answers = marks.map(({ question, ends }, index) => ({
    question,
    text: trimAnswer(words.slice(ends, marks[index + 1]?.begins)),
  }));
  const empty = answers.find((answer) => answer.text === "");
  if (empty !== undefined) return { problem: `Your answer to ${empty.question} is empty.` };
  const unsure = answers.slice(0, -1).some((answer, index) => {
    const next = marks[index + 1];
    return next !== undefined && !next.isSetOff && !isLetter(answer.text);
  });
  if (unsure) return notSure(open);
  const named = answers.map(({ question }) => question);
  const twice = named.find((question, index) => named.indexOf(question) !== index);
  if (twice !== undefined)
    return { problem: `You answered ${twice} twice. Which answer is right?` };
  return { answers };
}

/** Where an answer begins. */
interface Mark {
  readonly question: string;
  readonly begins: number;
  /** Where the answer itself begins. */
  readonly ends: number;
  /** True if a line break, a comma or the like stands before it. */
  readonly isSetOff: boolean;
}

const before = String.raw`(?<set>^|\n|[,;|/&+]|\s(?:and|und)\s)?(?<blank>\s*)(?:[-*•]\s+)?`;
const signs = "[:=.)\uFF1A]";
/** `Q1: words`, and `Q1 A` if there is nothing but a letter. */
const byName = new RegExp(
  String.raw`${before}(?<!\w)\(?Q(?<id>\d{1,9})(?:\s*${signs}+|\s+[-–—](?=\s)|(?=\s+\(?[a-z][.)]?\s*(?:$|[\n,;|/&+]|\s+(?:and\s+|und\s+)?\(?Q?\d)))`,
  "gi",
);
/** `1) words`, `1. words`, and `1 A` if there is nothing but a letter. */
const byNumber = new RegExp(
  String.raw`${before}(?<![\w.])\(?(?<id>\d{1,9})(?:\s*${signs}(?!\d)|(?=\s*[a-z][.)]?\s*(?:$|[\n,;|/&+]|\s+\d)))`,
  "gi",
);

/** The form is that of the first answer: a list with numbers inside of an answer is a part of it. */
function findMarks(
  words: string,
  open: readonly string[],
  only: string | undefined,
): readonly Mark[] {
  const named = marksOf(words, byName);
  const known = named.filter(
    (mark, index) => index === 0 || mark.isSetOff || open.includes(mark.question),
  );
  if (known.length > 0) return known;
  const numbered = marksOf(words, byNumber).filter(
    ({ question, isSetOff }) => isSetOff || open.includes(question),
  );
  const areKnown = numbered.every(({ question }) => open.includes(question));
  // Words that can only be meant for one question may be a list.
  if (only !== undefined && (open.length < 2 || !areKnown)) return [];
  return areKnown && numbered[0]?.begins === 0 ? numbered : [];
}

function marksOf(words: string, form: RegExp): readonly Mark[] {
  return [...words.matchAll(form)].map((match) => {
    const { set, id = "" } = match.groups ?? {};
    return {
      question: `Q${Number(id)}`,
      begins: match.index,
      ends: match.index + match[0].length,
      isSetOff: set !== undefined,
    };
  });
}

function trimAnswer(text: string): string {
  return text
    .trim()
    .replace(/[,;|/&+\s]+$/, "")
    .trim();
}

function isLetter(text: string): boolean {
  return /^\(?[a-z][.)]?$/i.test(text);
}

function notSure(open: readonly string[]): WrittenAnswers {
  const problem = `It is not clear which answer belongs to which question. Nothing was recorded. Write each answer on its own line, ${exampleOf(open)}`;
  return { problem };
}

function exampleOf(open: readonly string[]): string {
  const [one = "Q1", other] = open;
  return other === undefined
    ? `such as ${one}: your words`
    : `such as\n${one}: your words\n${other}: your words`;
}
