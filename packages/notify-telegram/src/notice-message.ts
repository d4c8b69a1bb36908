import { formatNoticeFigures, formatTestChanges, type Notice, type PlanHead } from "@samocode/core";
import type { Question } from "@samocode/core/overview";
import { formatButtonData, type Act } from "./button-data.ts";
import { planSpans } from "./plan-spans.ts";
import { cutSpans, cutText, lengthOf, splitSpans, type Span } from "./rich-text.ts";

/** A message of the bot: what people see, and the rows of buttons below it. */
export interface BotMessage {
  readonly spans: readonly Span[];
  readonly keyboard: Keyboard;
}

/** Rows of buttons. */
export type Keyboard = readonly (readonly Button[])[];

/** A button with the data that comes back when it is pressed. */
interface Button {
  readonly text: string;
  readonly callback_data: string;
}

/** Telegram takes no longer message. */
export const maxMessage = 4096;

/** Room for what is added below a message later: what was decided, and by whom. */
const room = 300;

/** Telegram takes 100 buttons below a message; a question has at most one a letter, and one to write. */
const maxButtons = 90;
const maxRow = 8;

/** How much of a plan goes into a message beside its continuation line, the figures and what is said of the rest. */
const maxPiece = maxMessage - room - 400;

/** How much is said of changes of the tests, in characters. */
const maxChanges = 500;

/** More is not sent: who has so many questions looks into the file. */
const maxMessages = 8;

/** The messages that tell a notice; one, unless there are more questions than fit. */
export function formatNoticeMessages(notice: Notice): readonly BotMessage[] {
  if (notice.kind === "questions" && notice.questions.length > 0) {
    return formatQuestions(notice, notice.questions);
  }
  if (notice.kind === "approval" && notice.plan !== undefined) {
    return formatPlan(notice, notice.plan);
  }
  const spans = [headingOf(notice), { text: notice.text.slice(notice.title.length) }];
  return [{ spans: cutSpans(spans, maxMessage - room), keyboard: keyboardOf(notice) }];
}

function headingOf({ title }: Notice): Span {
  return { text: cutText(title, 500), style: "bold" };
}

/** The whole plan, in as many messages as it needs; the buttons are below its end. */
function formatPlan(
  notice: Extract<Notice, { kind: "approval" }>,
  { file, head, isCut }: PlanHead,
): readonly BotMessage[] {
  const { lapsedBy, testChanges } = notice;
  const before: Span[] = [
    headingOf(notice),
    { text: "\n\n" },
    ...(lapsedBy === undefined
      ? []
      : [{ text: `The plan has changed since ${cutText(lapsedBy, 100)} approved it.\n` }]),
    ...(testChanges === undefined
      ? []
      : [{ text: `${cutText(formatTestChanges(testChanges), maxChanges)}\n` }]),
    { text: cutText(file, 300), style: "code" },
    { text: "\n" },
  ];
  const pieces = splitSpans([...before, ...planSpans(head)], maxPiece);
  const shown = pieces.slice(0, maxMessages);
  const rest =
    isCut || pieces.length > maxMessages
      ? "\nThis is not the whole plan: read the rest in the file before you approve."
      : "";
  const after = { text: `${rest}\n${formatNoticeFigures(notice)}` };
  const session = cutText(notice.session, 100);
  const more = { text: `${session}: the plan continues\n`, style: "bold" } as const;
  return shown.map((piece, index) => {
    const isLast = index === shown.length - 1;
    const spans = [...(index === 0 ? [] : [more]), ...piece, ...(isLast ? [after] : [])];
    return {
      spans: cutSpans(spans, maxMessage - room),
      keyboard: isLast ? keyboardOf(notice) : [],
    };
  });
}

function formatQuestions(notice: Notice, questions: readonly Question[]): readonly BotMessage[] {
  const groups = groupQuestions(questions);
  const shown = groups.slice(0, maxMessages);
  const left = groups.slice(maxMessages).flat().length;
  return shown.map((group, index) => {
    const isLast = index === shown.length - 1;
    const head = index === 0 ? notice.title : `${notice.session}: more questions`;
    const more = left > 0 ? `\n\nand ${left} more: see _qa.md` : "";
    const spans: Span[] = [
      { text: cutText(head, 500), style: "bold" },
      ...group.flatMap(questionSpans),
      ...(isLast ? [{ text: `${more}\n\n${formatNoticeFigures(notice)}` }] : []),
    ];
    const rows = group.flatMap((question) => questionRows(notice, question));
    const last = isLast && questions.some(({ suggestion }) => suggestion !== undefined);
    const accept = { text: "Accept all suggestions", act: "suggestions" } as const;
    return {
      spans: cutSpans(spans, maxMessage - room),
      keyboard: last ? [...rows, ...rowsOf(notice, [accept])] : rows,
    };
  });
}

/** As many questions to a message as fit, in order. */
function groupQuestions(questions: readonly Question[]): readonly (readonly Question[])[] {
  const groups: Question[][] = [];
  let length = 0;
  let buttons = 0;
  for (const question of questions) {
    const itsLength = lengthOf(questionSpans(question));
    const itsButtons = lettersOf(question).length + 1;
    const fits = length + itsLength <= maxMessage - 1000 && buttons + itsButtons <= maxButtons;
    const last = groups.at(-1);
    if (last !== undefined && fits) last.push(question);
    else {
      groups.push([question]);
      length = 0;
      buttons = 0;
    }
    length += itsLength;
    buttons += itsButtons;
  }
  return groups;
}

/** The longest question, in characters: two fit into a message. */
const maxQuestion = 2500;

/** The longest text between a title and its options, in characters: they must fit in below it. */
const maxDetail = 1000;

function questionSpans({ id, title, detail, options, suggestion }: Question): readonly Span[] {
  const spans: Span[] = [
    { text: "\n\n" },
    { text: cutText(`${id}: ${title}`, 1000), style: "bold" },
    ...(detail === undefined ? [] : [{ text: `\n${cutText(detail, maxDetail)}` }]),
    ...options.map(({ letter, text }) => ({ text: `\n${letter}) ${text}` })),
    ...(suggestion === undefined
      ? []
      : [{ text: "\n" }, { text: `Suggested: ${suggestion.text}`, style: "italic" } as const]),
  ];
  return cutSpans(spans, maxQuestion);
}

function lettersOf({ options }: Question): readonly string[] {
  return [...new Set(options.map(({ letter }) => letter))];
}

function questionRows(notice: Notice, question: Question): Keyboard {
  const { id, suggestion } = question;
  const letters = lettersOf(question).map((letter) => ({
    text: `${id} ${letter}${suggestion?.letter === letter ? " ★" : ""}`,
    act: "answer" as const,
    arg: `${id}=${letter}`,
  }));
  return rowsOf(notice, [...letters, { text: `${id} ✎`, act: "write", arg: id }]);
}

/** The buttons below a notice that is not about questions. */
function keyboardOf(notice: Notice): Keyboard {
  switch (notice.kind) {
    case "approval":
      return rowsOf(notice, [
        { text: "Approve", act: "approve" },
        { text: "Reject…", act: "reject" },
      ]);
    case "questions":
    case "action":
    case "blocked":
      return rowsOf(notice, [
        { text: "Resume", act: "resume" },
        { text: "Resume with a note…", act: "note" },
      ]);
    case "limited":
      return rowsOf(notice, [
        { text: "Try now", act: "resume" },
        { text: "Stop", act: "stop" },
      ]);
    case "working":
      return rowsOf(notice, [{ text: "Stop", act: "stop" }]);
    case "done":
    case "failed":
    case "paused":
      return [];
  }
}

/** Rows of buttons; one whose data does not fit is left out, and its question answered in words. */
function rowsOf(
  { sessionId, id: noticeId }: Notice,
  buttons: readonly { readonly text: string; readonly act: Act; readonly arg?: string }[],
): Keyboard {
  const fitting = buttons.flatMap(({ text, act, arg = "" }): Button[] => {
    const data = formatButtonData({ sessionId, noticeId, act, arg });
    return data === undefined ? [] : [{ text: cutText(text, 60), callback_data: data }];
  });
  const rows: Button[][] = [];
  for (let at = 0; at < fitting.length; at += maxRow) rows.push(fitting.slice(at, at + maxRow));
  return rows;
}
