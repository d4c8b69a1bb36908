import type { DecisionReply } from "@samocode/core";
import type { Message } from "grammy/types";
import type { ButtonData } from "./button-data.ts";
import { remainingKeyboard } from "./button-press.ts";
import type { ChatMoment } from "./chat-moment.ts";
import { readButtons, readReference } from "./reference.ts";
import { cutText } from "./rich-text.ts";
import { TelegramError } from "./telegram-error.ts";

/** Takes a reply to a message of the bot in: an answer in words, feedback, or a note. */
export async function takeReply(
  message: Message,
  original: Message,
  moment: ChatMoment,
): Promise<void> {
  const { client, chat, cancel } = moment;
  const text = (message.text ?? "").trim();
  const asked = readReference(original);
  const reply =
    asked === undefined
      ? await answerInWords(text, original, moment)
      : await decideInWords(asked, text, moment);
  const spans = [{ text: cutText(reply.text, 1000) }];
  await client.send(chat.id, { spans, keyboard: [] }, cancel, { replyTo: message.message_id });
  if (asked !== undefined && /^\d+$/.test(asked.arg) && reply.taken) {
    // The message with the buttons, which no longer mean anything.
    const keyboard = remainingKeyboard({}, asked, reply.now);
    await client.editKeyboard(chat.id, Number(asked.arg), keyboard, cancel).catch(ignoreRefusal);
  }
}

async function decideInWords(
  { sessionId, noticeId, act, arg }: ButtonData,
  text: string,
  { desk, by }: ChatMoment,
): Promise<DecisionReply> {
  const common = { sessionId, noticeId, by };
  switch (act) {
    case "write":
      return desk.decide({ ...common, type: "answer", question: arg, text });
    case "reject":
      return desk.decide({ ...common, type: "reject", feedback: text });
    case "note":
      return desk.decide({ ...common, type: "resume", note: text });
    default:
      return { taken: false, text: "This message asks for nothing." };
  }
}

/** A reply to the questions themselves: `Q2: a week`, or the words alone where one question is open. */
async function answerInWords(
  text: string,
  original: Message,
  { desk, by }: ChatMoment,
): Promise<DecisionReply> {
  const [first] = readButtons(original);
  if (first === undefined)
    return { taken: false, text: "Nothing is asked in that message any more." };
  const { sessionId, noticeId } = first;
  const now = await desk.find(sessionId);
  if (now?.kind !== "questions") {
    return { taken: false, text: "Please use the buttons below that message." };
  }
  const [, named, words = ""] = /^(Q\d+)\s*[:=.)-]\s*(.+)$/is.exec(text) ?? [];
  const [only, ...others] = now.questions;
  const question = named?.toUpperCase() ?? (others.length === 0 ? only?.id : undefined);
  if (question === undefined) {
    const ids = now.questions.map(({ id }) => id).join(", ");
    return { taken: false, text: `Say which question you answer (${ids}), such as Q1: your words` };
  }
  const answer = named === undefined ? text : words;
  return desk.decide({ type: "answer", sessionId, noticeId, by, question, text: answer });
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof TelegramError && error.status === 400)) throw error;
}
