import { z } from "zod";
import { createCheck, type Check } from "@samocode/channels/plugin";
import type { TelegramSettings } from "./telegram-plugin.ts";

/** How long Telegram may take to answer, in ms. */
const patienceMs = 15_000;

const Answer = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.object({ username: z.string().optional() }).optional().catch(undefined),
});

/** Whether the bot is known to Telegram and may write to the chat. Nothing is sent, and the token is never shown. */
export async function checkTelegram({
  telegramBotToken,
  telegramChatId,
  telegramApiRoot,
}: TelegramSettings): Promise<Check> {
  const root = telegramApiRoot ?? "https://api.telegram.org";
  const token = telegramBotToken.reveal();
  // Also one that is too short to be masked everywhere.
  const hide = (text: string): string => text.replaceAll(token, "***");
  const ask = async (method: string) => {
    const options = { signal: AbortSignal.timeout(patienceMs) };
    const answer = await fetch(`${root}/bot${token}/${method}`, options);
    return Answer.parse(await answer.json());
  };
  try {
    const me = await ask("getMe");
    if (!me.ok) {
      const found = `does not know the bot: ${hide(me.description ?? "no reason given")}`;
      const cure = "Fix TELEGRAM_BOT_TOKEN: get the right one from @BotFather in Telegram.";
      return createCheck("Telegram", "fault", found, cure);
    }
    const name = `@${hide(me.result?.username ?? "the bot")}`;
    const chat = await ask(`getChat?chat_id=${encodeURIComponent(telegramChatId)}`);
    if (chat.ok) return createCheck("Telegram", "ok", `${name} may write to ${telegramChatId}`);
    const found = `${name} may not write to ${telegramChatId}: ${hide(chat.description ?? "no reason given")}`;
    const cure = `Send ${name} a message in that chat, or fix TELEGRAM_CHAT_ID.`;
    return createCheck("Telegram", "fault", found, cure);
  } catch (error) {
    const found = `${root} cannot be reached: ${hide(reasonOf(error))}`;
    const cure = "Check the network access of this machine. Sessions continue without it.";
    return createCheck("Telegram", "warning", found, cure);
  }
}

/** Node tells only in the cause of a failed request what was wrong. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return "its answer is not JSON";
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
