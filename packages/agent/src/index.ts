export type {
  Agent,
  AgentEnd,
  AgentIteration,
  AgentLog,
  AgentSignals,
  AgentTask,
  SignalRefusal,
} from "./agent.ts";
export type { AgentDialect, EndCause, EndFacts, StreamProgress } from "./agent-dialect.ts";
export { agentEnvironment } from "./agent-environment.ts";
export type { FollowEnd, FollowOptions } from "./agent-follow.ts";
export { type AdoptAgentOptions, type RunAgentOptions, adoptAgent, runAgent } from "./agent-run.ts";
export {
  type AgentCommand,
  type AgentProgram,
  type NewTask,
  createAgent,
  createAgentLog,
} from "./create-agent.ts";
export type { Failure, Outcome, Spent } from "./outcome.ts";
