import type { Channel, Notice } from "@samocode/core";
import { createBotClient } from "./bot-client.ts";
import { audienceOf, createChatListener } from "./chat-listener.ts";
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
  /** How many messages of a notice were sent before one failed: they are not sent again. */
  const sent = new WeakMap<Notice, number>();
  return {
    listensAs: `telegram-${token.split(":")[0]}`,
    audience: audienceOf(chatId),
    async tell(notice, cancel) {
      const silent = notice.kind === "limited" || notice.kind === "working";
      const messages = formatNoticeMessages(notice);
      for (const [index, message] of messages.entries()) {
        if (index < (sent.get(notice) ?? 0)) continue;
        await client.send(chatId, message, cancel, { silent });
        sent.set(notice, index + 1);
      }
    },
    async listen(desk, cancel) {
      const bot = await client.getMe(cancel);
      const take = createChatListener({ client, desk, bot, cancel });
      await takeUpdates({ client, take, caughtUp: () => desk.caughtUp(), cancel });
    },
  };
}
