export { createTelegramChannel, type TelegramOptions } from "./telegram-channel.ts";
export { TelegramError } from "./telegram-error.ts";
