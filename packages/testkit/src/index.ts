export { type ClaudeEdition, findClaude, installClaude } from "./claude-install.ts";
export { cleanEnvironment, type CleanEnvironmentOptions } from "./clean-environment.ts";
export { startCli, type CliRun, type CliRunOptions } from "./cli-run.ts";
export { createTempFolder, type TempFolder } from "./temp-folder.ts";
export { createTempProject, type TempProject, type TempProjectOptions } from "./temp-project.ts";
export {
  type CallFacts,
  fillPlaces,
  parsePrompt,
  type Scenario,
  type ScenarioModule,
  type Step,
} from "./scenario.ts";
export type { StandInCall } from "./stand-in-journal.ts";
export { createStandIn, type StandIn, type StandInOptions } from "./stand-in.ts";
export {
  createScriptedApi,
  type Script,
  type ScriptedApi,
  type ScriptedApiOptions,
  scriptedConversation,
} from "./scripted-api.ts";
export type { ApiRequest, ContentBlock, Message, SideRequest } from "./api-request.ts";
export {
  type Block,
  cutAfterHeaders,
  cutBeforeHeaders,
  cutMidStream,
  delay,
  error,
  hang,
  message,
  type MessageOptions,
  raw,
  type Reply,
  type ReplyLike,
  status,
  streamError,
  text,
  thinking,
  toolUse,
  type Usage,
} from "./api-reply.ts";
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
