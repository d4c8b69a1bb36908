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
} from "./workflow/phase.ts";
export { parseSignal, Signal, SignalError } from "./workflow/signal.ts";
export { explainLateSignal, findSignalProblem, missingSignal } from "./workflow/signal-check.ts";
export { AgentActivity, Tokens } from "./events/agent-activity.ts";
export { RunEvent, RunEventLine } from "./events/run-event.ts";
export { explainIllegalMove, type Move } from "./workflow/legality.ts";
export { sessionMachine } from "./machine/machine.ts";
export type { SecondTry } from "./workflow/second-try.ts";
export { isResetTime } from "./machine/usage-limit.ts";
export type {
  AgentEvent,
  EvidenceEvent,
  IterationFacts,
  PersonEvent,
  SessionEvent,
  SignalEvent,
  UnansweredEvent,
  WakeEvent,
} from "./machine/session-event.ts";
export { autoApprover } from "./machine/session-context.ts";
export { formatCost } from "./machine/session-cost.ts";
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
} from "./machine/session-context.ts";
export type { SessionInput } from "./machine/session-input.ts";
export { formatState, type SessionSnapshot } from "./machine/session-state.ts";
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
} from "./workflow/patience.ts";
export { nextUnanswered, nextWake } from "./machine/deadline-timer.ts";
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
} from "./events/notice.ts";
export {
  Decision,
  type Channel,
  type DecisionReply,
  type Desk,
  type Notice,
} from "./events/channel.ts";
