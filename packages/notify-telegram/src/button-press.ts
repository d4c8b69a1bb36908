import type { DecisionReply, Notice } from "@samocode/core";
import type { CallbackQuery, Message } from "grammy/types";
import { parseButtonData, type ButtonData } from "./button-data.ts";
import type { ChatMoment } from "./chat-moment.ts";
import { formatNoticeMessages, maxMessage, type Keyboard } from "./notice-message.ts";
import { referenceSpan } from "./reference.ts";
import { cutText, type Span } from "./rich-text.ts";
import { TelegramError } from "./telegram-error.ts";

/** Telegram shows no more to a person who has pressed a button, in characters. */
const maxAnswer = 200;

/** Takes the press of a button in: decides, says what came of it, and brings the message up to date. */
export async function takePress(query: CallbackQuery, moment: ChatMoment): Promise<void> {
  const { client, cancel } = moment;
  const data = parseButtonData(query.data ?? "");
  if (data === undefined) {
    return client.answerPress(query.id, "This button is not from samocode.", true, cancel);
  }
  const reply = await decideOn(data, query, moment);
  const isRefused = !reply.taken && !reply.isAsking;
  // Telegram takes an answer for some minutes only; a press that waited for a run is too old for one.
  await client
    .answerPress(query.id, cutText(reply.text, maxAnswer), isRefused, cancel)
    .catch(ignoreOld);
  const { message } = query;
  if (message === undefined || message.date === 0 || !("text" in message)) return;
  await bringUpToDate(message, data, reply, moment);
}

/** What came of a press: a decision, or a message that asks for words. */
type PressReply = DecisionReply & { readonly isAsking?: boolean };

async function decideOn(
  data: ButtonData,
  query: CallbackQuery,
  moment: ChatMoment,
): Promise<PressReply> {
  const { desk, by } = moment;
  const { sessionId, noticeId, act, arg } = data;
  const common = { sessionId, noticeId, by };
  switch (act) {
    case "answer": {
      const [question = "", text = ""] = arg.split("=");
      return desk.decide({ ...common, type: "answer", question, text });
    }
    case "suggestions":
    case "approve":
    case "resume":
      return desk.decide({ ...common, type: act });
    case "stop":
      return desk.decide({ sessionId, by, type: "stop" });
    case "write":
    case "reject":
    case "note":
      return askForWords(data, query, moment);
  }
}

/** Words that a person is asked to write. */
const prompts = {
  write: { about: "your answer to", placeholder: "Your answer" },
  reject: { about: "what should change in the plan", placeholder: "What should change" },
  note: { about: "a note for the next agent", placeholder: "The note" },
} as const;

async function askForWords(
  data: ButtonData,
  query: CallbackQuery,
  { client, desk, chat, topic, cancel }: ChatMoment,
): Promise<PressReply> {
  const { sessionId, noticeId, act, arg } = data;
  if (act !== "write" && act !== "reject" && act !== "note") return { taken: false, text: "" };
  const now = await desk.find(sessionId);
  if (now?.id !== noticeId) return { taken: false, text: tooLate(now), ...(now && { now }) };
  const { about, placeholder } = prompts[act];
  const of = act === "write" ? arg : String(query.message?.message_id ?? "");
  const question =
    now.kind === "questions" ? now.questions.find(({ id }) => id === arg) : undefined;
  const spans: Span[] = [
    { text: now.session, style: "bold" },
    { text: `: reply to this message with ${about}${act === "write" ? ` ${arg}` : ""}.\n\n` },
    ...(question === undefined ? [] : [{ text: `${cutText(question.title, 1000)}\n\n` }]),
    referenceSpan({ sessionId, noticeId, act, arg: of }),
  ];
  await client.ask(chat.id, spans, placeholder, cancel, { topic });
  return { taken: false, isAsking: true, text: "Write it as a reply to the message below.", now };
}

function tooLate(now: Notice | undefined): string {
  return now === undefined ? "There is no such session here." : `Too late. ${now.title}.`;
}

/** Says below the message what was decided, and leaves the buttons that still mean something. */
async function bringUpToDate(
  message: Message,
  data: ButtonData,
  reply: DecisionReply,
  moment: ChatMoment,
): Promise<void> {
  const { client, by, cancel } = moment;
  const { text = "", entities = [], chat, message_id: id } = message;
  const keyboard = remainingKeyboard(message, data, reply.now);
  const line = `\n\n✓ ${reply.text} (${by.replace("telegram:", "")})`;
  const edited =
    reply.taken && text.length + line.length <= maxMessage
      ? client.edit(chat.id, id, { text: text + line, entities, keyboard }, cancel)
      : client.editKeyboard(chat.id, id, keyboard, cancel);
  await edited.catch(ignoreSame);
  const isNewPlan = reply.now?.kind === "approval" && reply.now.id !== data.noticeId;
  if (reply.taken || !isNewPlan) return;
  await sendNotice(reply.now, moment);
}

/** Sends a notice to the chat. */
export async function sendNotice(notice: Notice, moment: ChatMoment): Promise<void> {
  const { client, chat, topic, cancel } = moment;
  for (const message of formatNoticeMessages(notice)) {
    await client.send(chat.id, message, cancel, { topic });
  }
}

/** The buttons of a message that are still about what the session waits for. */
export function remainingKeyboard(
  { reply_markup: markup }: Pick<Message, "reply_markup">,
  { noticeId, act }: ButtonData,
  now: Notice | undefined,
): Keyboard {
  // A session that works has another notice in each iteration, and can be stopped in all of them.
  const isThere = act === "stop" ? canStop(now) : now?.id === noticeId;
  if (now === undefined || !isThere) return [];
  return (markup?.inline_keyboard ?? [])
    .map((row) =>
      row.flatMap((button) => {
        const data = "callback_data" in button ? parseButtonData(button.callback_data) : undefined;
        if (!("callback_data" in button) || data === undefined || !isOpen(data, now)) return [];
        return [{ text: button.text, callback_data: button.callback_data }];
      }),
    )
    .filter((row) => row.length > 0);
}

/** Whether a button still is about a question that is open. */
function isOpen({ act, arg }: ButtonData, now: Notice): boolean {
  if (now.kind !== "questions") return true;
  if (act === "suggestions")
    return now.questions.some(({ suggestion }) => suggestion !== undefined);
  const question = /^Q\d+/.exec(arg)?.[0];
  return question === undefined || now.questions.some(({ id }) => id === question);
}

function canStop(now: Notice | undefined): boolean {
  return now?.kind === "working" || now?.kind === "limited";
}

function ignoreOld(error: unknown): void {
  if (!(error instanceof TelegramError && /query is too old/i.test(error.message))) throw error;
}

function ignoreSame(error: unknown): void {
  if (!(error instanceof TelegramError && /not modified|not found/i.test(error.message)))
    throw error;
}
