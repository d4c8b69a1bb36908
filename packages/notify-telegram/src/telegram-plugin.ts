import {
  type ChannelPlugin,
  type Secret,
  secret,
  webAddress,
  word,
} from "@samocode/channels/plugin";

/** How Telegram is configured. */
export interface TelegramSettings {
  readonly telegramBotToken: Secret;
  readonly telegramChatId: string;
  /** Without `/` at its end; `undefined` is Telegram's own. */
  readonly telegramApiRoot: string | undefined;
}

/**
 * Telegram as a channel of `samocode-run`.
 *
 * @example
 * telegram.secrets; // ["TELEGRAM_*"]
 */
export const telegram: ChannelPlugin<TelegramSettings> = {
  name: "telegram",
  title: "Telegram",
  // An agent must not be able to answer for a human.
  secrets: ["TELEGRAM_*"],
  settings: {
    telegramBotToken: {
      variable: "TELEGRAM_BOT_TOKEN",
      standard: undefined,
      required: true,
      kind: secret(),
      doc: "Telegram bot token (never logged)",
    },
    telegramChatId: {
      variable: "TELEGRAM_CHAT_ID",
      standard: undefined,
      required: true,
      kind: word("a chat's number or @name", "id", /^(?:-?\d+|@\w+)$/),
      doc: "Telegram chat the bot writes to",
    },
    telegramApiRoot: {
      variable: "TELEGRAM_API_ROOT",
      standard: undefined,
      kind: webAddress(),
      doc: "self-hosted Bot API server",
    },
  },
  async create({ telegramBotToken: token, telegramChatId: chatId, telegramApiRoot: apiRoot }) {
    const { createTelegramChannel } = await import("./telegram-channel.ts");
    return createTelegramChannel({
      token: token.reveal(),
      chatId,
      ...(apiRoot !== undefined && { apiRoot }),
    });
  },
  async check(settings) {
    const { checkTelegram } = await import("./telegram-check.ts");
    return [await checkTelegram(settings)];
  },
};
