import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  createTelegramApi,
  type TelegramApi,
  type TelegramApiOptions,
  type TelegramMember,
  type TelegramMessage,
} from "@samocode/testkit";
import { expect } from "vitest";

/** A Bot API on loopback, and Ada, who writes in chat 42. */
export interface TelegramChat extends AsyncDisposable {
  readonly api: TelegramApi;
  readonly member: TelegramMember;
  /** The settings of a run that tells a chat. @default chat 42 */
  readonly env: (chatId?: string) => Readonly<Record<string, string>>;
  /** The newest message of the bot that says this, once there is one. @default in chat 42 */
  readonly told: (says: string, chatId?: number) => Promise<TelegramMessage>;
}

/** Opens a chat. */
export async function createTelegramChat(options?: TelegramApiOptions): Promise<TelegramChat> {
  const api = await createTelegramApi(options);
  return {
    api,
    member: api.member({ id: 42, first_name: "Ada", username: "ada_l" }),
    env: (chatId = "42") => ({
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_CHAT_ID: chatId,
      TELEGRAM_API_ROOT: api.url,
    }),
    async told(says, chatId = 42) {
      const find = () =>
        api.messages(chatId).findLast(({ from, text }) => from === "bot" && text.includes(says));
      await expect.poll(find, { message: `the bot says ${says}` }).toBeDefined();
      const found = find();
      if (found === undefined) throw new Error(`the bot did not say ${says}`);
      return found;
    },
    [Symbol.asyncDispose]: async () => api.close(),
  };
}

/** All files below a folder, as one text. */
export function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, "utf8")}`)
    .join("\n");
}
