import type { DecisionReply } from "@samocode/core";
import type { Message } from "grammy/types";
import type { ButtonData } from "./button-data.ts";
import { remainingKeyboard } from "./button-press.ts";
import type { ChatMoment } from "./chat-moment.ts";
import { attachmentOf, leftOut, needsWords, wordsOf } from "./message-words.ts";
import { readButtons, readReference } from "./reference.ts";
import { cutText } from "./rich-text.ts";
import { TelegramError } from "./telegram-error.ts";
import { readAnswers, type WrittenAnswers } from "./written-answers.ts";

/** Takes a reply to a message of the bot in: answers in words, feedback, or a note. */
export async function takeReply(
  message: Message,
  original: Message,
  moment: ChatMoment,
): Promise<void> {
  const { client, chat, topic, cancel } = moment;
  const asked = readReference(original);
  const reply = await replyTo(message, original, asked, moment);
  const spans = [{ text: cutText(reply.text, 2000) }];
  const place = { topic, replyTo: message.message_id };
  await client.send(chat.id, { spans, keyboard: [] }, cancel, place);
  if (asked !== undefined && /^\d+$/.test(asked.arg) && reply.taken) {
    // The message with the buttons, which no longer mean anything.
    const keyboard = remainingKeyboard({}, asked, reply.now);
    await client.editKeyboard(chat.id, Number(asked.arg), keyboard, cancel).catch(ignoreRefusal);
  }
}

async function replyTo(
  message: Message,
  original: Message,
  asked: ButtonData | undefined,
  moment: ChatMoment,
): Promise<DecisionReply> {
  const words = wordsOf(message);
  const attachment = attachmentOf(message);
  if (words === "") return refused(needsWords(attachment ?? "a message without text"));
  const isEdit = message.edit_date !== undefined;
  const reply =
    asked === undefined
      ? await answerInWords(words, original, isEdit, moment)
      : await decideInWords(asked, words, moment);
  if (reply.taken && attachment !== undefined) return withLine(reply, leftOut(attachment));
  return isEdit && !reply.taken ? withLine(reply, editIsNone) : reply;
}

const editIsNone = "Editing your message does not change what was recorded.";

async function decideInWords(
  { sessionId, noticeId, act, arg }: ButtonData,
  text: string,
  moment: ChatMoment,
): Promise<DecisionReply> {
  const { desk, by } = moment;
  const common = { sessionId, noticeId, by };
  switch (act) {
    case "write": {
      const now = await desk.find(sessionId);
      const open = now?.kind === "questions" ? now.questions.map(({ id }) => id) : [arg];
      return decideEach(readAnswers(text, { open, only: arg }), common, moment);
    }
    case "reject":
      return desk.decide({ ...common, type: "reject", feedback: text });
    case "note":
      return desk.decide({ ...common, type: "resume", note: text });
    default:
      return refused("This message does not ask for a reply.");
  }
}

/** A reply to the questions themselves. */
async function answerInWords(
  text: string,
  original: Message,
  isEdit: boolean,
  moment: ChatMoment,
): Promise<DecisionReply> {
  const { desk, by } = moment;
  const [first] = readButtons(original);
  if (first === undefined) return refused("That message no longer asks for anything.");
  const { sessionId, noticeId } = first;
  const now = await desk.find(sessionId);
  if (now?.kind !== "questions") return refused("Please use the buttons below that message.");
  const open = now.questions.map(({ id }) => id);
  // Words that have answered one question before must not answer the next one when they are edited.
  const only = open.length === 1 && !isEdit ? open[0] : undefined;
  return decideEach(readAnswers(text, { open, only }), { sessionId, noticeId, by }, moment);
}

/** Hands in each answer; what came of each is a line. */
async function decideEach(
  written: WrittenAnswers,
  common: { readonly sessionId: string; readonly noticeId: string; readonly by: string },
  { desk }: ChatMoment,
): Promise<DecisionReply> {
  if ("problem" in written) return refused(written.problem);
  const replies: DecisionReply[] = [];
  for (const answer of written.answers) {
    replies.push(await desk.decide({ ...common, type: "answer", ...answer }));
  }
  const text = replies.map((reply) => reply.text).join("\n");
  const now = replies.at(-1)?.now;
  return { taken: replies.some(({ taken }) => taken), text, ...(now && { now }) };
}

function refused(text: string): DecisionReply {
  return { taken: false, text };
}

function withLine(reply: DecisionReply, line: string): DecisionReply {
  return { ...reply, text: `${reply.text}\n${line}` };
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof TelegramError && error.status === 400)) throw error;
}
