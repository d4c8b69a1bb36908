import type { Channel } from "@samocode/core";
import type { OwnChannel } from "@samocode/channels";
import type { Settings } from "../config/settings.ts";

/** Telegram as a channel of a run, if the settings name a bot and a chat. */
export function telegramChannel(settings: Settings): OwnChannel {
  return { name: "telegram", make: async () => createTelegram(settings) };
}

async function createTelegram(settings: Settings): Promise<Channel | undefined> {
  const { telegramBotToken: token, telegramChatId: chatId, telegramApiRoot: apiRoot } = settings;
  if (token === undefined || chatId === undefined) return undefined;
  const { createTelegramChannel } = await import("@samocode/notify-telegram");
  return createTelegramChannel({
    token: token.reveal(),
    chatId,
    ...(apiRoot !== undefined && { apiRoot }),
  });
}
