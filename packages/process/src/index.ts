export {
  type AgentProcessOptions,
  type Exit,
  startAgentProcess,
  stopAgentProcess,
} from "./agent-process.ts";
export { findAgent } from "./agent-search.ts";
export { runBriefly } from "./brief-run.ts";
export { createMissingFile, modifiedAt, readTail, sizeOf } from "./file-tail.ts";
export { withoutRepository } from "./git-variables.ts";
export { staleMs, watchMs } from "./heartbeat.ts";
export { LockError } from "./lock-error.ts";
export { LockOwner } from "./lock-owner.ts";
export { type Lock, acquireLock, readLockHolder, withLock } from "./lock.ts";
export { signalGroup, waitForGroup } from "./process-group.ts";
export {
  ProcessIdentity,
  identifyChild,
  identifyProcess,
  isAlive,
  livenessOf,
  ownIdentity,
} from "./process-identity.ts";
export type { ProcessMark } from "./process-mark.ts";
export { findByEnvironment } from "./process-table.ts";
export { findProgram } from "./program-path.ts";
export { isAtLeast } from "./program-version.ts";
export { runIdVariable } from "./run-id.ts";
export { shellQuote } from "./shell-quote.ts";
export { giveSign, readSign } from "./sign-of-life.ts";
export { type StopRequest, listenForStop, untilSignalsAreTold } from "./stop-request.ts";
export { type Sweep, type SweepOptions, sweepRun } from "./stray-sweep.ts";
export { type StreamFollower, openStreamFollower } from "./stream-follower.ts";
