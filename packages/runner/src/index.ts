export { AnswerDocument } from "./documents/answer-document.ts";
export { ArchiveDocument } from "./documents/archive-document.ts";
export { ApproveDocument, DecisionDocument } from "./documents/decision-document.ts";
export { DoctorDocument } from "./documents/doctor-document.ts";
export { InitDocument } from "./documents/init-document.ts";
export { RestoreDocument } from "./documents/restore-document.ts";
export { ShowDocument } from "./documents/show-document.ts";
export { StopDocument, StopNowDocument } from "./documents/stop-document.ts";
export type { GivenAnswer } from "@samocode/core";
export {
  answerQuestions,
  type AnsweringResult,
  type AnswerOptions,
} from "./session/answer-questions.ts";
export { decide, type DecisionResult } from "./session/decision.ts";
export type { IterationPlan } from "./session/iteration-plan.ts";
export { runSession } from "./run/run-session.ts";
export { type Hands, type Happened, type RunOptions } from "./run/run-options.ts";
export {
  enterSession,
  type DriverOptions,
  type Effect,
  type Reception,
  type SessionDriver,
} from "./session/session-driver.ts";
export { SessionReport } from "./session/session-report.ts";
export { SessionStory } from "./session/session-story.ts";
export { watchSession, type WatchOptions } from "./watch/watch-session.ts";
export type { RecordFacts } from "./session/session-commit.ts";
