import { randomUUID } from "node:crypto";
import type { TelegramEntity } from "./telegram-html.ts";
import {
  readKeyboard,
  readText,
  TelegramRefusal,
  type TelegramKeyboard,
  type TelegramPayload,
} from "./telegram-message.ts";

/** A message in a chat, as it is now. */
export interface TelegramMessage {
  readonly id: number;
  readonly chatId: number;
  /** `bot`, or the name of the person. */
  readonly from: string;
  readonly text: string;
  readonly entities: readonly TelegramEntity[];
  readonly keyboard: TelegramKeyboard;
  /** True if it asks the person for a reply. */
  readonly asksForReply: boolean;
  /** How often it was edited. */
  readonly edits: number;
}

/** What a person was told who pressed a button. */
export interface TelegramAnswer {
  readonly text: string;
  readonly isAlert: boolean;
}

/** One of the updates that a bot fetches. */
export interface TelegramUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** A person in a chat. */
export interface TelegramPerson {
  readonly id: number;
  readonly first_name: string;
  readonly username?: string;
}

/** Make the chats of a bot. What is called on behalf of the bot is refused as the Bot API would refuse it. */
export function createTelegramWorld(
  bot: TelegramPerson,
  chats: { readonly ids: readonly number[]; readonly names: Readonly<Record<string, number>> },
) {
  const messages: TelegramMessage[] = [];
  const updates: TelegramUpdate[] = [];
  const answers = new Map<string, (answer: TelegramAnswer) => void>();
  /** Who wrote a message; all others are the bot's. */
  const authors = new Map<number, TelegramPerson>();
  let lastUpdate = 1000;
  let changed: (() => void) | undefined;

  const post = (message: Omit<TelegramMessage, "id" | "edits">): TelegramMessage => {
    const posted = { ...message, id: messages.length + 1, edits: 0 };
    messages.push(posted);
    return posted;
  };
  const addUpdate = (content: Readonly<Record<string, unknown>>): void => {
    updates.push({ update_id: ++lastUpdate, ...content });
    changed?.();
  };
  const chatOf = (id: number): object => {
    const [name] = Object.entries(chats.names).find(([, each]) => each === id) ?? [];
    if (id > 0) return { id, type: "private", first_name: "Ada" };
    const username = name?.slice(1);
    return { id, type: "supergroup", title: "Team", ...(username !== undefined && { username }) };
  };
  const inApi = (message: TelegramMessage): object => ({
    message_id: message.id,
    date: 1_700_000_000,
    chat: chatOf(message.chatId),
    from: { ...(authors.get(message.id) ?? bot), is_bot: !authors.has(message.id) },
    text: message.text,
    entities: message.entities,
    ...(message.keyboard.length > 0 && { reply_markup: { inline_keyboard: message.keyboard } }),
  });
  const ownMessage = (chatId: number, messageId: unknown): TelegramMessage => {
    const found = messages.find(({ id }) => id === messageId);
    if (found?.chatId !== chatId || found.from !== "bot") {
      throw new TelegramRefusal(400, "Bad Request: message to edit not found");
    }
    return found;
  };
  const replace = (before: TelegramMessage, change: Partial<TelegramMessage>): object => {
    const after = { ...before, ...change, edits: before.edits + 1 };
    const isSame =
      JSON.stringify({ ...after, edits: 0 }) === JSON.stringify({ ...before, edits: 0 });
    if (isSame) throw new TelegramRefusal(400, "Bad Request: message is not modified");
    messages[before.id - 1] = after;
    return inApi(after);
  };
  const chatIdOf = ({ chat_id: chat }: TelegramPayload): number => {
    const id = chats.names[String(chat)] ?? Number(chat);
    if (!chats.ids.includes(id)) throw new TelegramRefusal(400, "Bad Request: chat not found");
    return id;
  };

  const methods: Readonly<Record<string, (payload: TelegramPayload) => unknown>> = {
    setMyCommands: () => true,
    getMe: () => ({ ...bot, is_bot: true }),
    getChat: (payload) => chatOf(chatIdOf(payload)),
    sendMessage: (payload) => {
      const chatId = chatIdOf(payload);
      const asksForReply = Reflect.get(Object(payload["reply_markup"]), "force_reply") === true;
      const keyboard = readKeyboard(payload);
      return inApi(post({ chatId, from: "bot", ...readText(payload), keyboard, asksForReply }));
    },
    editMessageText: (payload) => {
      const before = ownMessage(chatIdOf(payload), payload["message_id"]);
      return replace(before, { ...readText(payload), keyboard: readKeyboard(payload) });
    },
    editMessageReplyMarkup: (payload) => {
      const before = ownMessage(chatIdOf(payload), payload["message_id"]);
      return replace(before, { keyboard: readKeyboard(payload) });
    },
    answerCallbackQuery: ({ callback_query_id: id, text = "", show_alert: isAlert = false }) => {
      const answer = answers.get(String(id));
      if (answer === undefined) {
        const description = "query is too old and response timeout expired or query ID is invalid";
        throw new TelegramRefusal(400, `Bad Request: ${description}`);
      }
      if (String(text).length > 200)
        throw new TelegramRefusal(400, "Bad Request: MESSAGE_TOO_LONG");
      answers.delete(String(id));
      answer({ text: String(text), isAlert: isAlert === true });
      return true;
    },
  };

  return {
    messages: messages as readonly TelegramMessage[],
    updates,
    methods,
    /** Calls back at the next update. */
    onUpdate: (listener: () => void) => {
      changed = listener;
    },
    say(
      person: TelegramPerson,
      chatId: number,
      content: string | TelegramPayload,
      replyTo?: TelegramMessage,
    ): void {
      const fields = typeof content === "string" ? { text: content } : content;
      const words = fields["text"] ?? fields["caption"];
      const text = typeof words === "string" ? words : "";
      const said = post({
        chatId,
        from: person.first_name,
        text,
        entities: [],
        keyboard: [],
        asksForReply: false,
      });
      authors.set(said.id, person);
      const message = {
        ...inApi(said),
        text: undefined,
        ...fields,
        ...(replyTo !== undefined && { reply_to_message: inApi(replyTo) }),
      };
      addUpdate(fields["edit_date"] === undefined ? { message } : { edited_message: message });
    },
    /** Resolves with what the person is told; rejects if the message has no such button now. */
    async press(
      person: TelegramPerson,
      message: TelegramMessage,
      data: string,
    ): Promise<TelegramAnswer> {
      const id = randomUUID();
      const told = new Promise<TelegramAnswer>((resolve) => answers.set(id, resolve));
      const from = { ...person, is_bot: false };
      const found = messages[message.id - 1];
      const now = found?.chatId === message.chatId ? found : message;
      addUpdate({ callback_query: { id, from, chat_instance: "1", data, message: inApi(now) } });
      return told;
    },
    /** What happens to a query that nobody answers in time. */
    forgetQueries: (): void => answers.clear(),
  };
}
