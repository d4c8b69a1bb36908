import { createTelegramChannel } from "@samocode/notify-telegram";
import { createTelegramApi, type TelegramMessage } from "@samocode/testkit";
import { expect } from "vitest";
import { createDesk, readNotice } from "@samocode/channels";
import {
  createSessionsFolder,
  type SessionFiles,
  type TestSession,
} from "../../../../session/test/support/waiting-session.ts";

const ada = { id: 42, first_name: "Ada", username: "ada" };

/** A chat with a real channel and a real desk, for sessions on disk that nobody runs. */
export async function createDeskChat(sessions: Readonly<Record<string, SessionFiles>>) {
  const api = await createTelegramApi({ chats: [42, -100] });
  const folder = await createSessionsFolder();
  const made = Object.entries(sessions).map(([name, files]) => ({
    name,
    ...folder.add(`26-01-15-${name}`, files),
  }));
  const warnings: string[] = [];
  const options = { sessions: async () => made, warn: (text: string) => warnings.push(text) };
  const own = createDesk(options);
  const desk = createDesk({
    ...options,
    of: async (audience) => (audience === "42" ? own : undefined),
  });
  const channel = createTelegramChannel({ token: api.token, chatId: "42", apiRoot: api.url });
  const end = new AbortController();
  let listening = channel.listen?.(desk, end.signal);
  const find = (says: string): TelegramMessage | undefined =>
    api.messages().findLast(({ from, text }) => from === "bot" && text.includes(says));
  const told = async (says: string): Promise<TelegramMessage> => {
    await expect.poll(() => find(says), { message: `the bot says ${says}` }).toBeDefined();
    const found = find(says);
    if (found === undefined) throw new Error(says);
    return found;
  };
  const tell = async (
    session: TestSession & { readonly name: string },
  ): Promise<TelegramMessage> => {
    const notice = readNotice(session.store, session.name);
    await channel.tell(notice, end.signal);
    return told(notice.title);
  };
  const [first] = made;
  if (first === undefined) throw new Error("no session");
  return {
    api,
    session: first,
    sessions: made,
    member: api.member(ada),
    warnings,
    told,
    tell,
    message: await tell(first),
    /** Rejects if the channel stops to listen by itself. */
    listening: async () => listening,
    listenAgain: () => {
      listening = channel.listen?.(desk, end.signal);
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await listening;
      await api.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
