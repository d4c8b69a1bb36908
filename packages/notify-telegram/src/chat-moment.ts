import type { Desk } from "@samocode/core";
import type { Chat, User } from "grammy/types";
import type { BotClient } from "./bot-client.ts";

/** What is at hand while something that a person did in a chat is taken in. */
export interface ChatMoment {
  readonly client: BotClient;
  /** The one of the chat: other chats decide on other sessions. */
  readonly desk: Desk;
  readonly chat: Chat;
  /** The topic of the chat in which it was done, in which it is answered as well. */
  readonly topic?: number | undefined;
  /** Who did it, as it is recorded. */
  readonly by: string;
  readonly bot: User;
  readonly cancel: AbortSignal;
}
