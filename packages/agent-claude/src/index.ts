export { agentEnvironment } from "./agent-environment.ts";
export type { AgentEnd } from "./agent-follow.ts";
export { adoptAgent, runAgent } from "./agent-run.ts";
export { findClaude } from "./claude-program.ts";
export { isTooOld, leastVersion, parseVersion } from "./cli-version.ts";
export { claudeArguments } from "./command-line.ts";
export type { Failure } from "./failure.ts";
export type { Outcome } from "./outcome.ts";
export { denyRules } from "./permission-rules.ts";
export { formatHookSettings } from "./signal-hook/hook-settings.ts";
export { readRefusals } from "./signal-hook/refusal.ts";
export { explainLateSignal, missingSignal } from "./signal-hook/signal-check.ts";
export { type InitEvent, type StreamEvent, isActivity } from "./stream-event.ts";
export { type StreamSummary, emptySummary } from "./stream-summary.ts";
export { parseStreamLine } from "./stream.ts";
export { makeTemporaryFolder } from "./temporary-folder.ts";
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
