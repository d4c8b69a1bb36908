import { Api } from "grammy/web";
import type { Update, User } from "grammy/types";
import type { BotMessage, Keyboard } from "./notice-message.ts";
import { toHtml, type Span } from "./rich-text.ts";
import { toTelegramError, type BotPlace } from "./telegram-error.ts";

/** The type is that of a shim; the one of Node is what is meant. */
type ApiSignal = NonNullable<Parameters<Api["getMe"]>[0]>;

type Entities = readonly {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}[];

/** The few calls of the Bot API that a channel needs. Each rejects with a {@link TelegramError}. */
export type BotClient = ReturnType<typeof createBotClient>;

/** How long one call may take, in ms; a poll takes its own time besides. */
const callMs = 20_000;

/** How long Telegram holds a poll back until something happens, in s. */
const pollS = 25;

/** Makes a client of a bot. Nothing is called yet. */
export function createBotClient(place: BotPlace) {
  const api = new Api(place.token, { apiRoot: place.apiRoot });

  const call = async <Result>(
    cancel: AbortSignal,
    limitMs: number,
    make: (signal: ApiSignal) => Promise<Result>,
  ): Promise<Result> => {
    const control = new AbortController();
    const abort = (): void => control.abort();
    const limit = setTimeout(abort, limitMs);
    cancel.addEventListener("abort", abort);
    try {
      cancel.throwIfAborted();
      return await make(control.signal as unknown as ApiSignal);
    } catch (error) {
      throw toTelegramError(error, place);
    } finally {
      clearTimeout(limit);
      cancel.removeEventListener("abort", abort);
    }
  };

  return {
    getMe: async (cancel: AbortSignal): Promise<User> =>
      call(cancel, callMs, async (signal) => api.getMe(signal)),

    /** Sets what people see in the menu of the bot. */
    setCommands: async (
      commands: readonly { readonly command: string; readonly description: string }[],
      cancel: AbortSignal,
    ): Promise<void> => {
      await call(cancel, callMs, async (signal) => api.setMyCommands([...commands], {}, signal));
    },

    /** Updates from a number on; those before it are forgotten by Telegram. */
    getUpdates: async (offset: number, isLong: boolean, cancel: AbortSignal): Promise<Update[]> => {
      const timeout = isLong ? pollS : 0;
      const options = { offset, timeout, limit: 100, allowed_updates: [...updateKinds] };
      return call(cancel, callMs + 1000 * timeout, async (signal) =>
        api.getUpdates(options, signal),
      );
    },

    /** Resolves with the number of the message. */
    send: async (
      chatId: string | number,
      { spans, keyboard }: BotMessage,
      cancel: AbortSignal,
      options: MessagePlace & { readonly replyTo?: number; readonly silent?: boolean } = {},
    ): Promise<number> => {
      const { topic, replyTo, silent = false } = options;
      const { message_id: id } = await call(cancel, callMs, async (signal) =>
        api.sendMessage(
          chatId,
          toHtml(spans),
          {
            ...plain,
            ...inTopic(topic),
            ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: toRows(keyboard) } }),
            ...(silent && { disable_notification: true }),
            ...(replyTo !== undefined && {
              reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
            }),
          },
          signal,
        ),
      );
      return id;
    },

    /** Asks a person to write, as a reply to this message. */
    ask: async (
      chatId: string | number,
      spans: readonly Span[],
      placeholder: string,
      cancel: AbortSignal,
      { topic }: MessagePlace = {},
    ): Promise<void> => {
      const reply_markup = { force_reply: true, input_field_placeholder: placeholder } as const;
      await call(cancel, callMs, async (signal) =>
        api.sendMessage(
          chatId,
          toHtml(spans),
          { ...plain, ...inTopic(topic), reply_markup },
          signal,
        ),
      );
    },

    /** Replaces a text by one that is set off as the entities say. */
    edit: async (
      chatId: number,
      messageId: number,
      message: { readonly text: string; readonly entities: Entities; readonly keyboard: Keyboard },
      cancel: AbortSignal,
    ): Promise<void> => {
      const { text, entities, keyboard } = message;
      await call(cancel, callMs, async (signal) =>
        api.editMessageText(
          chatId,
          messageId,
          text,
          {
            // What came from Telegram goes back as it is.
            entities: [...entities] as never[],
            link_preview_options: plain.link_preview_options,
            reply_markup: { inline_keyboard: toRows(keyboard) },
          },
          signal,
        ),
      );
    },

    editKeyboard: async (
      chatId: string | number,
      messageId: number,
      keyboard: Keyboard,
      cancel: AbortSignal,
    ): Promise<void> => {
      const reply_markup = { inline_keyboard: toRows(keyboard) };
      await call(cancel, callMs, async (signal) =>
        api.editMessageReplyMarkup(chatId, messageId, { reply_markup }, signal),
      );
    },

    /** What a person sees who has pressed a button. */
    answerPress: async (
      id: string,
      text: string,
      isAlert: boolean,
      cancel: AbortSignal,
    ): Promise<void> => {
      await call(cancel, callMs, async (signal) =>
        api.answerCallbackQuery(id, { text, show_alert: isAlert }, signal),
      );
    },
  };
}

/** Where in a chat a message is sent. */
interface MessagePlace {
  /** @default the chat itself, or the topic that every group has */
  readonly topic?: number | undefined;
}

function inTopic(topic: number | undefined) {
  return topic === undefined ? {} : { message_thread_id: topic };
}

const updateKinds = ["message", "edited_message", "callback_query"] as const;

/** No previews: a link of an agent is nothing to be fetched. */
const plain = { parse_mode: "HTML", link_preview_options: { is_disabled: true } } as const;

function toRows(keyboard: Keyboard) {
  return keyboard.map((row) => row.map((button) => ({ ...button })));
}
