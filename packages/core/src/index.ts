export {
  blockNeeds,
  findPhase,
  isPhase,
  isRework,
  mapPhases,
  maxRework,
  phaseRules,
  phases,
  signalStatuses,
  waitReasons,
  type BlockNeed,
  type Phase,
  type PhaseRule,
  type SignalStatus,
  type WaitReason,
} from "./phase.ts";
export { parseSignal, Signal, SignalError } from "./signal.ts";
export { AgentActivity, Tokens } from "./agent-activity.ts";
export { RunEvent, RunEventLine } from "./run-event.ts";
export { explainIllegalMove, type Move } from "./legality.ts";
export { createChart, type Chart, type ChartEdge, type ChartNode } from "./chart.ts";
export { formatMermaid, type MermaidOptions } from "./chart-mermaid.ts";
export type { ChartArrow } from "./chart-arrow.ts";
export type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  PlacedText,
  Point,
  Rectangle,
} from "./chart-layout.ts";
export { outlineLayout } from "./chart-layout-outline.ts";
export { wholeLayout } from "./chart-layout-whole.ts";
export { formatChartLine } from "./chart-line.ts";
export { formatMachineJson, type MachineJsonOptions } from "./chart-json.ts";
export { findArrows } from "./chart-path.ts";
export { guessState, readMoves, type SessionMove } from "./session-move.ts";
export { formatSvg, type SvgOptions } from "./chart-svg.ts";
export { formatArrowHead, formatArrowLine, stateIcons } from "./chart-svg-path.ts";
export { chartStyle } from "./chart-svg-style.ts";
export { sessionMachine } from "./machine.ts";
export type { SecondTry } from "./second-try.ts";
export { isResetTime } from "./usage-limit.ts";
export type {
  AgentEvent,
  EvidenceEvent,
  IterationFacts,
  PersonEvent,
  SessionEvent,
  SignalEvent,
  UnansweredEvent,
  WakeEvent,
} from "./session-event.ts";
export { autoApprover } from "./session-context.ts";
export { formatCost } from "./session-cost.ts";
export type {
  Approval,
  Attempt,
  Hold,
  Note,
  PhaseCosts,
  SessionContext,
  SessionMemory,
  SessionOutput,
  SessionSettings,
} from "./session-context.ts";
export { isStale, readEntry, type FolderFacts, type SessionInput } from "./session-entry.ts";
export { staleEvent } from "./stale-event.ts";
export { formatState, type SessionSnapshot } from "./session-state.ts";
export {
  areSameLines,
  decidingLines,
  findChangedLines,
  ownedStatus,
  statusChanges,
  type ChangedLine,
  type DecidingLines,
  type OwnedStatus,
} from "./session-status.ts";
export type { GateMemory } from "./gate-record.ts";
export { createRecord, type Happening } from "./session-record.ts";
export { HistoryError } from "./history-error.ts";
export {
  formatMoment,
  formatRecord,
  formatTimestamp,
  HistoryRecord,
  parseHistory,
  parseRecord,
  replay,
  type History,
  type HistoryProblem,
  type Step,
} from "./history.ts";
export {
  describePatience,
  formatPatience,
  parsePatience,
  remedies,
  remediesFor,
  remedyWords,
  type Patience,
  type Remedy,
  type Wait,
} from "./patience.ts";
export { nextUnanswered, nextWake } from "./deadline-timer.ts";
export type { HistoryTail } from "./history-tail.ts";
export {
  appendFlowLog,
  decodeOverview,
  editStatus,
  formatOverview,
  OverviewError,
  parseOverview,
  type NewOverview,
  type Overview,
  type OverviewProblem,
  type OverviewStatus,
  type StatusChanges,
} from "./overview.ts";
export { readFlowLog } from "./overview-log.ts";
export { editChart } from "./overview-chart.ts";
export { openQuestions, parseQuestions, type Question, type QuestionOption } from "./qa.ts";
export { alignStatus, answerQuestion, QuestionError } from "./qa-answer.ts";
export { chooseAnswer, suggestedAnswer } from "./qa-choice.ts";
export {
  FileKindError,
  openIfRegular,
  openRegularFile,
  readIfPresent,
  readIfRegular,
  readRegularFile,
  type ReadOptions,
  type RegularFileOptions,
} from "./regular-file.ts";
export { sortByAge, type DatedFile } from "./dated-file.ts";
export { ensureFolder, openOwnFile, writeOwnFile, type OwnFileOptions } from "./own-file.ts";
export {
  openStore,
  sessionFiles,
  type Plan,
  type PlanPart,
  type Store,
  type StoreOptions,
} from "./store.ts";
export { keepQuestions, type Asking, type GivenAnswer, type KeptQuestions } from "./qa-keep.ts";
export { cannotAsk, findAskProblem, questionShape } from "./qa-problem.ts";
export { StoreError } from "./store-error.ts";
export { explainSystemCode } from "./system-code.ts";
export {
  formatNotice,
  formatNoticeFigures,
  formatNoticeTitle,
  formatQuestion,
  formatTestChanges,
  type Deadline,
  type NoticeContent,
  type NoticeWords,
  type PlanHead,
} from "./notice.ts";
export { Decision, type Channel, type DecisionReply, type Desk, type Notice } from "./channel.ts";
export { revealHidden } from "./hidden-text.ts";
export { maskSecrets, printableLines, printableText, withoutSequences } from "./printable-text.ts";
