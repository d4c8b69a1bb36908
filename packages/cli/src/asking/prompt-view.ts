import { printableLines, printableText } from "@samocode/core/overview";
import { wrapAnsi } from "fast-wrap-ansi";
import type { Choice, PromptState, Question, Said } from "./prompt-state.ts";
import { formatEditedText, type PromptView } from "./edited-text-view.ts";

/** What stays of a prompt that is over. */
export type End = Said | { readonly type: "overtaken" };

/** The longest text of a file or an agent in a prompt, in characters. */
const maxText = 2000;

/** The least number of rows that a question leaves for what can be chosen or written. */
const minBodyRows = 6;

/** A question and how far the human is with it, in fewer rows than the terminal has. */
export function formatPrompt(
  question: Question,
  state: PromptState,
  view: PromptView,
): readonly string[] {
  const { color } = view;
  const bar = color.cyan("│");
  const room = Math.max(1, view.rows - 1);
  const message = askedText(question, state);
  const head = questionLines({ ...question, message }, view, color.cyan("◆"), bar);
  const foot = [...wrap(keysText(question, state), view).map(color.dim), color.cyan("└")];
  // What does not fit has been printed whole above.
  const shownHead = isLong(question, view) ? head.slice(0, 1) : head;
  const left = Math.max(1, room - 1 - shownHead.length - foot.length);
  const body =
    state.type === "writing"
      ? formatEditedText(state.edited, { ...view, columns: widthOf(view), rows: left })
      : choiceLines(question.choices, state.at, left, view);
  const rows = [
    color.dim("│"),
    ...shownHead,
    ...body.map((line) => `${bar}  ${line}`),
    ...foot.map((line, at) => (at === foot.length - 1 ? line : `${bar}  ${line}`)),
  ];
  // On a screen this low, what can be chosen matters most.
  return rows.length > room ? body.slice(0, room).map((line) => `${bar}  ${line}`) : rows;
}

/** The whole question, if it is too long to be redrawn together with what can be chosen. */
export function formatIntroduction(question: Question, view: PromptView): readonly string[] {
  const bar = view.color.dim("│");
  return isLong(question, view)
    ? [bar, ...questionLines(question, view, view.color.dim("◆"), bar)]
    : [];
}

/** What stays of a prompt once it is over. */
export function formatEnd({ message, choices }: Question, end: End, view: PromptView) {
  const { color } = view;
  const bar = color.dim("│");
  const mark = end.type === "interrupted" ? color.red("■") : color.green("◇");
  const answer = endText(choices, end);
  const head = questionLines({ message, choices }, view, mark, bar);
  const rows = wrapLines(answer, view).map((line) => `${bar}  ${color.dim(line)}`);
  return [bar, ...head, ...(answer === "" ? [] : rows)];
}

/** Something that is said between two prompts. */
export function formatNote(text: string, view: PromptView): readonly string[] {
  const bar = view.color.dim("│");
  const [head = "", ...rest] = wrapLines(text, view);
  return [bar, `${view.color.cyan("●")}  ${head}`, ...rest.map((line) => `${bar}  ${line}`)];
}

/** What is asked for at the moment: the choice that takes a text may ask in its own words. */
function askedText({ message, choices }: Question, state: PromptState): string {
  const as = state.type === "writing" ? state.as : undefined;
  return choices.find(({ value }) => value === as)?.asks ?? message;
}

function endText(choices: readonly Choice[], end: End): string {
  switch (end.type) {
    case "written":
      return end.text;
    case "chosen":
      return choices.find(({ value }) => value === end.value)?.label ?? "";
    case "skipped":
      return "later";
    case "interrupted":
    case "overtaken":
      return "";
  }
}

function isLong(question: Question, view: PromptView): boolean {
  return questionLines(question, view, "", "").length + 1 + minBodyRows > view.rows - 1;
}

function questionLines(
  { message, detail = "" }: Question,
  view: PromptView,
  mark: string,
  bar: string,
): readonly string[] {
  const [head = "", ...rest] = wrap(printableText(message, maxText), view);
  const more = detail.trim() === "" ? [] : wrapLines(detail, view);
  return [`${mark}  ${head}`, ...[...rest, ...more].map((line) => `${bar}  ${line}`)];
}

function keysText({ choices }: Question, state: PromptState): string {
  if (state.type === "choosing") {
    return "↑/↓, letter, number: select • Enter: confirm • Esc: later • or type text";
  }
  if (state.isRefused) return "enter some text, or press Esc to go back";
  const back = choices.length === 0 ? "back" : "back to the choices";
  return `Enter: confirm • Alt+Enter: new line • Esc: ${back}`;
}

/** The choices, or as many around the selected one as there is room for. */
function choiceLines(
  choices: readonly Choice[],
  at: number,
  room: number,
  view: PromptView,
): readonly string[] {
  const groups = choices.map((choice, place) => choiceRows(choice, place === at, view));
  let [first, last] = [at, at + 1];
  const fits = (from: number, to: number): boolean =>
    from >= 0 && to <= groups.length && groups.slice(from, to).flat().length <= room;
  while (fits(first - 1, last) || fits(first, last + 1)) {
    if (fits(first, last + 1)) last += 1;
    if (fits(first - 1, last)) first -= 1;
  }
  return groups.slice(first, last).flat().slice(0, room);
}

function choiceRows(
  { label, hint = "" }: Choice,
  isSelected: boolean,
  view: PromptView,
): readonly string[] {
  const { color } = view;
  const words = printableText(label, maxText);
  const more = hint === "" ? "" : color.dim(` (${printableText(hint, maxText)})`);
  const text = `${isSelected ? words : color.dim(words)}${more}`;
  const [head = "", ...rest] = wrap(text, { columns: view.columns - 2 });
  const mark = isSelected ? color.green("●") : color.dim("○");
  return [`${mark} ${head}`, ...rest.map((line) => `  ${line}`)];
}

function wrapLines(text: string, view: PromptView): readonly string[] {
  return printableLines(text.trim())
    .split("\n")
    .flatMap((line) => wrap(line, view));
}

function wrap(text: string, view: Pick<PromptView, "columns">): readonly string[] {
  return wrapAnsi(text, widthOf(view), { hard: true }).split("\n");
}

/** The columns for words: before them stand a bar and two blanks, behind them one column stays free. */
function widthOf({ columns }: Pick<PromptView, "columns">): number {
  return Math.max(10, columns - 4);
}
