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
