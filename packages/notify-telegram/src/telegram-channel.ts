import type { Channel, Notice } from "@samocode/core";
import { createBotClient } from "./bot-client.ts";
import { audienceOf, createChatListener } from "./chat-listener.ts";
import { menu } from "./chat-command.ts";
import { formatNoticeMessages } from "./notice-message.ts";
import { takeUpdates } from "./update-loop.ts";

export interface TelegramOptions {
  /** What @BotFather gave for the bot. It is in no message and no error. */
  readonly token: string;
  /** The chat that is told, and the only one that is heard: its number, or `@name`. */
  readonly chatId: string;
  /**
   * A Bot API server of your own, without `/` at its end.
   * @default Telegram's own
   */
  readonly apiRoot?: string;
}

/**
 * Makes a channel of a Telegram bot and a chat. It tells notices with buttons below them, and takes presses, replies and
 * commands of that chat. It fetches by long polling, so it needs no server and no address.
 *
 * One bot has one process that listens at a time (`listensAs`); that one also serves other chats, for the sessions that
 * are told to them.
 *
 * @example
 * const channel = createTelegramChannel({ token: process.env.TELEGRAM_BOT_TOKEN, chatId: "42" });
 */
export function createTelegramChannel(options: TelegramOptions): Channel {
  const { token, chatId, apiRoot = "https://api.telegram.org" } = options;
  const client = createBotClient({ token, apiRoot });
  /** The messages that tell the newest notice of a session. */
  const newest = new Map<string, SentNotice>();

  /** Takes the buttons away that a later notice has left without meaning. If that fails, they say so when pressed. */
  const takeButtonsFrom = async ({ messages }: SentNotice, cancel: AbortSignal): Promise<void> => {
    for (const id of messages) await client.editKeyboard(chatId, id, [], cancel).catch(() => {});
  };

  return {
    listensAs: `telegram-${token.split(":")[0]}`,
    audience: audienceOf(chatId),
    async tell(notice, cancel) {
      const before = newest.get(notice.sessionId);
      const isFirst = before === undefined || before.notice !== notice;
      // If one of several failed, those that were sent are not sent again.
      const sent = isFirst ? { notice, messages: [] } : before;
      const silent = notice.kind === "limited" || notice.kind === "working";
      for (const message of formatNoticeMessages(notice).slice(sent.messages.length)) {
        sent.messages.push(await client.send(chatId, message, cancel, { silent }));
        newest.set(notice.sessionId, sent);
      }
      if (isFirst && before !== undefined && before.notice.id !== notice.id) {
        await takeButtonsFrom(before, cancel);
      }
    },

    async listen(desk, cancel) {
      const bot = await client.getMe(cancel);
      // The menu is a help, and nothing waits for it.
      await client.setCommands(menu, cancel).catch(() => {});
      const take = createChatListener({ client, desk, bot, cancel });
      await takeUpdates({ client, take, caughtUp: () => desk.caughtUp(), cancel });
    },
  };
}

interface SentNotice {
  readonly notice: Notice;
  readonly messages: number[];
}
