export {
  createInspectServer,
  InspectError,
  type InspectOptions,
  type InspectServer,
} from "./inspect-server.ts";
export type {
  DecisionOutcome,
  GivenAnswer,
  InspectHost,
  Limits,
  LogReader,
  SessionPlace,
  SessionReport,
} from "./host.ts";
export { createActorInspector, type ActorInspector } from "./actor-inspector.ts";
