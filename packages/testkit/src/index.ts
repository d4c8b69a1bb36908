export * from "@samocode/stand-in";
export { type ClaudeEdition, findClaude, installClaude } from "./claude-install.ts";
export {
  createTelegramApi,
  type TelegramApi,
  type TelegramApiOptions,
  type TelegramCall,
  type TelegramFault,
  type TelegramMember,
} from "./telegram-api.ts";
export { parseTelegramHtml, type FormattedText, type TelegramEntity } from "./telegram-html.ts";
export type { TelegramButton, TelegramKeyboard } from "./telegram-message.ts";
export type { TelegramAnswer, TelegramMessage, TelegramPerson } from "./telegram-world.ts";
