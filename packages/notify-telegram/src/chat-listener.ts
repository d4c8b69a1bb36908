import type { Desk } from "@samocode/core";
import type { CallbackQuery, Chat, Message, Update, User } from "grammy/types";
import type { BotClient } from "./bot-client.ts";
import { takeCommand } from "./chat-command.ts";
import { takePress } from "./button-press.ts";
import type { ChatMoment } from "./chat-moment.ts";
import { attachmentOf, wordsOf } from "./message-words.ts";
import { takeReply } from "./reply.ts";
import { TelegramError } from "./telegram-error.ts";

/** What a listener is made with. */
export interface ChatListenerOptions {
  readonly client: BotClient;
  readonly desk: Desk;
  readonly bot: User;
  readonly cancel: AbortSignal;
}

/**
 * Makes what takes updates in: presses of buttons, replies and commands of the chats that are set up. All else is
 * ignored, and told to the person at the machine without what it said.
 */
export function createChatListener(options: ChatListenerOptions) {
  const { client, desk, bot, cancel } = options;

  return async (update: Update): Promise<void> => {
    const query = update.callback_query;
    const message = update.message ?? update.edited_message;
    const chat = query?.message?.chat ?? message?.chat;
    const from = query?.from ?? message?.from;
    if (chat === undefined || from === undefined) return;
    try {
      const ours = await deskOf(chat, desk);
      if (ours === undefined) {
        desk.warn(
          `telegram: something from chat ${chat.id} was ignored: it is not the configured chat`,
        );
        return;
      }
      const topic = topicOf(query?.message ?? message);
      const moment = { client, desk: ours, chat, topic, by: nameOf(from), bot, cancel };
      if (query !== undefined) await takePress(query, moment);
      else if (message !== undefined) await takeMessage(message, moment);
    } catch (error) {
      if (!(error instanceof TelegramError)) throw error;
      // The decision is made; only the word about it is lost.
      if (!cancel.aborted) desk.warn(`telegram: cannot reply: ${error.message}`);
    }
  };
}

async function takeMessage(message: Message, moment: ChatMoment): Promise<void> {
  const { reply_to_message: original, edit_date: editedAt } = message;
  const attachment = attachmentOf(message);
  // A service message; or a place that moves, which is an edit each time.
  if (wordsOf(message) === "" && (attachment === undefined || editedAt !== undefined)) return;
  // Each message of a topic is a reply to the one that made the topic.
  const isReply = original?.from?.id === moment.bot.id && !("forum_topic_created" in original);
  if (isReply) await takeReply(message, original, moment);
  else await takeCommand(message, moment);
}

function topicOf(message: CallbackQuery["message"]): number | undefined {
  if (message === undefined || !("is_topic_message" in message)) return undefined;
  return message.is_topic_message ? message.message_thread_id : undefined;
}

async function deskOf(chat: Chat, desk: Desk): Promise<Desk | undefined> {
  const byId = await desk.of(String(chat.id));
  const { username } = { username: undefined, ...chat };
  return byId ?? (username === undefined ? undefined : desk.of(audienceOf(`@${username}`)));
}

/** The name under which a chat is known: names of chats are the same in any letter case. */
export function audienceOf(chatId: string): string {
  return chatId.startsWith("@") ? chatId.toLowerCase() : chatId;
}

function nameOf({ id, username }: User): string {
  return `telegram:${username ?? id}`;
}
