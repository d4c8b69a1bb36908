export { AnswerDocument } from "./documents/answer-document.ts";
export { ArchiveDocument } from "./documents/archive-document.ts";
export { ApproveDocument, DecisionDocument } from "./documents/decision-document.ts";
export { DoctorDocument } from "./documents/doctor-document.ts";
export { InitDocument } from "./documents/init-document.ts";
export { RestoreDocument } from "./documents/restore-document.ts";
export { ShowDocument } from "./documents/show-document.ts";
export { StopDocument, StopNowDocument } from "./documents/stop-document.ts";
export type { GivenAnswer } from "@samocode/core";
export { answerQuestions, type AnsweringResult, type AnswerOptions } from "@samocode/session";
export { decide, type DecisionResult } from "@samocode/session";
export type { IterationPlan } from "@samocode/session";
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
export { watchSession, type WatchOptions } from "./watch/watch-session.ts";
export type { RecordFacts } from "@samocode/session";
