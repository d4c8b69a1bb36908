export {
  type Block,
  type MessageOptions,
  type Reply,
  type ReplyLike,
  type Usage,
  cutAfterHeaders,
  cutBeforeHeaders,
  cutMidStream,
  delay,
  error,
  hang,
  message,
  raw,
  status,
  streamError,
  text,
  thinking,
  toolUse,
} from "./api-reply.ts";
export type { ApiRequest, ContentBlock, Message, SideRequest } from "./api-request.ts";
export { type CleanEnvironmentOptions, cleanEnvironment } from "./clean-environment.ts";
export { type CliRun, type CliRunOptions, startCli } from "./cli-run.ts";
export {
  type CallFacts,
  type Scenario,
  type ScenarioModule,
  type Step,
  fillPlaces,
  parsePrompt,
} from "./scenario.ts";
export {
  type Script,
  type ScriptedApi,
  type ScriptedApiOptions,
  createScriptedApi,
  scriptedConversation,
} from "./scripted-api.ts";
export { type StandInCall, findAlive } from "./stand-in-journal.ts";
export { type StandIn, type StandInOptions, createStandIn } from "./stand-in.ts";
export { type TempFolder, createTempFolder } from "./temp-folder.ts";
export { type TempProject, type TempProjectOptions, createTempProject } from "./temp-project.ts";
