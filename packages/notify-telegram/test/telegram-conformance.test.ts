import { createTelegramApi } from "@samocode/testkit";
import { testChannel } from "../../channels/test/support/channel-conformance.ts";
import { telegram } from "../src/telegram-plugin.ts";

testChannel(telegram, async () => {
  const api = await createTelegramApi({ chats: [42] });
  return {
    env: { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_CHAT_ID: "42", TELEGRAM_API_ROOT: api.url },
    told: () => api.messages().map(({ text }) => text),
    break: () => {
      api.fail({ do: "refuse", status: 500, description: `Internal ${api.token}`, times: 99 });
    },
    [Symbol.asyncDispose]: async () => api.close(),
  };
});
