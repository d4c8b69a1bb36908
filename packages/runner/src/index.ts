export {
  answerQuestions,
  type AnsweringResult,
  type AnswerOptions,
  type GivenAnswer,
} from "./session/answer-questions.ts";
export { decide, type DecisionResult } from "./session/decision.ts";
export type { IterationPlan } from "./iteration/iteration-plan.ts";
export { runSession, type Hands, type Happened, type RunOptions } from "./session/run-session.ts";
export {
  enterSession,
  type DriverOptions,
  type Effect,
  type Reception,
  type SessionDriver,
} from "./session/session-driver.ts";
export { watchSession, type WatchOptions } from "./session/watch-session.ts";
export type { RecordFacts } from "./session/session-commit.ts";
