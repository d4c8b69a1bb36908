export { type ClaudeAgentOptions, claudeLog, createClaudeAgent } from "./claude-agent.ts";
export { claudeDialect } from "./claude-dialect.ts";
export { claudeEnvironment } from "./claude-environment.ts";
export { findClaude } from "./claude-program.ts";
export { isTooOld, leastVersion, parseVersion } from "./cli-version.ts";
export { claudeArguments } from "./command-line.ts";
export { type InitEvent } from "./stream-event.ts";
export { parseStreamLine } from "./stream.ts";
export {
  type CustomTarget,
  type CustomText,
  type CustomTexts,
  customFolder,
  formatCustomText,
  maxCustomBytes,
  parseCustomText,
} from "./texts/custom-text.ts";
export { parseFrontMatter, parseList } from "./texts/front-matter.ts";
export { formatPhaseProtocol, legalSignals } from "./texts/phase-protocol.ts";
export { readPhaseText } from "./texts/phase-text.ts";
export { listSkillNames, readAgentText, readSkillText } from "./texts/plugin-text.ts";
export { formatMendMessage, formatUserMessage } from "./texts/prompt.ts";
export { findResource } from "./texts/resources.ts";
export { requireSupportedVersion } from "./version-check.ts";
