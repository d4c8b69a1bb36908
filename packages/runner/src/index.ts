export { decide, type DecisionResult } from "./decision.ts";
export type { IterationPlan } from "./iteration-plan.ts";
export type { RunEvent } from "./run-event.ts";
export { runSession, type Hands, type Happened, type RunOptions } from "./run-session.ts";
export {
  enterSession,
  type DriverOptions,
  type Effect,
  type RecordFacts,
  type SessionDriver,
} from "./session-driver.ts";
