export { AnswerDocument } from "@samocode/session";
export { ArchiveDocument } from "@samocode/session";
export { ApproveDocument, DecisionDocument } from "@samocode/session";
export { DoctorDocument } from "@samocode/session";
export { InitDocument } from "@samocode/session";
export { RestoreDocument } from "@samocode/session";
export { ShowDocument } from "@samocode/session";
export { StopDocument, StopNowDocument } from "@samocode/session";
export type { GivenAnswer } from "@samocode/core/overview";
export { answerQuestions, type AnsweringResult, type AnswerOptions } from "@samocode/session";
export { decide, type DecisionResult } from "@samocode/session";
export type { IterationPlan } from "@samocode/session";
export { createAgentActor } from "./iteration/agent-actor.ts";
export { runIteration } from "./iteration/iteration.ts";
export type { IterationOptions } from "./iteration/iteration-options.ts";
export { verify } from "./iteration/verification.ts";
export { runSession } from "./run/run-session.ts";
export { type Hands, type Happened, type RunOptions } from "./run/run-options.ts";
export {
  enterSession,
  type DriverOptions,
  type Effect,
  type Reception,
  type SessionDriver,
} from "@samocode/session";
export { SessionReport } from "@samocode/session";
export { SessionStory } from "@samocode/session";
export { watchSession, type WatchOptions } from "@samocode/session";
export type {
  Agent,
  AgentEnd,
  AgentIteration,
  AgentLog,
  AgentSignals,
  AgentTask,
} from "@samocode/agent";
export type { RecordFacts } from "@samocode/session";
