import type { EndCause, StreamProgress } from "./agent-dialect.ts";

/** What an agent may not exceed. */
export interface AgentLimits {
  /**
   * When the iteration must have ended, Unix time in ms: the same moment after a restart.
   * What is left of it is measured once; a clock that is set meanwhile changes nothing.
   */
  readonly deadlineAt: number;
  /** How long the agent may write nothing to its log; 0 for as long as it likes. */
  readonly idleMs: number;
  /**
   * How long a process may stay, and write nothing, after its result.
   * @default 30_000
   */
  readonly settleMs?: number;
  /**
   * What it may cost, in US dollars. The CLI keeps to its own cap; this is for one that works on after a result
   * that was dearer.
   * @default no limit
   */
  readonly maxCostUsd?: number | undefined;
  /**
   * How large log and stderr may grow together.
   * @default 4 GiB
   */
  readonly maxLogBytes?: number;
}

/** How an agent that still runs is doing. */
export interface AgentState {
  readonly progress: StreamProgress;
  readonly isCancelled: boolean;
  /** Until the deadline. */
  readonly leftMs: number;
  readonly silentMs: number;
  readonly logBytes: number;
}

/**
 * Why an agent must be stopped now, or `undefined` if it may go on.
 * After its result an agent is never late: then its work is done, and only the process is to end.
 *
 * @example
 * findEndCause(state, limits); // "idle"
 */
export function findEndCause(state: AgentState, limits: AgentLimits): EndCause | undefined {
  const { settleMs = 30_000, maxLogBytes = 4 * 1024 ** 3, idleMs } = limits;
  const { maxCostUsd = Number.POSITIVE_INFINITY } = limits;
  const { progress, leftMs, silentMs } = state;
  if (state.isCancelled) return "cancelled";
  if (progress.isUnauthorized) return "unauthorized";
  const isLate = leftMs <= 0;
  const isIdle = idleMs > 0 && silentMs >= idleMs;
  if (progress.atRest && (isLate || isIdle || silentMs >= settleMs)) return "settled";
  if (isLate) return "timeout";
  if (isIdle) return "idle";
  if (!progress.atRest && progress.costUsd > maxCostUsd) return "budget";
  return state.logBytes > maxLogBytes ? "flood" : undefined;
}
