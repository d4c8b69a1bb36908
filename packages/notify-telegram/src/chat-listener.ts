import type { Desk } from "@samocode/core";
import type { Chat, Message, Update, User } from "grammy/types";
import type { BotClient } from "./bot-client.ts";
import { takeCommand } from "./chat-command.ts";
import { takePress } from "./button-press.ts";
import type { ChatMoment } from "./chat-moment.ts";
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
    const chat = query?.message?.chat ?? update.message?.chat;
    const from = query?.from ?? update.message?.from;
    if (chat === undefined || from === undefined) return;
    try {
      const ours = await deskOf(chat, desk);
      if (ours === undefined) {
        desk.warn(`telegram: something from chat ${chat.id} was ignored: it is no chat of ours`);
        return;
      }
      const moment = { client, desk: ours, chat, by: nameOf(from), bot, cancel };
      if (query !== undefined) await takePress(query, moment);
      else if (update.message !== undefined) await takeMessage(update.message, moment);
    } catch (error) {
      if (!(error instanceof TelegramError)) throw error;
      // The decision is made; only the word about it is lost.
      if (!cancel.aborted) desk.warn(`telegram: cannot answer a person: ${error.message}`);
    }
  };
}

async function takeMessage(message: Message, moment: ChatMoment): Promise<void> {
  const { text, reply_to_message: original } = message;
  if (text === undefined) return;
  if (original?.from?.id === moment.bot.id) await takeReply(message, original, moment);
  else await takeCommand(message, moment);
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
