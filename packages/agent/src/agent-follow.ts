import { setImmediate as nextTurn } from "node:timers/promises";
import type { AgentActivity } from "@samocode/core";
import {
  type ProcessIdentity,
  stopAgentProcess,
  type Exit,
  modifiedAt,
  readTail,
  sizeOf,
  type ProcessMark,
  openStreamFollower,
  type StreamFollower,
  sweepRun,
  type Sweep,
  type SweepOptions,
} from "@samocode/process";
import { findEndCause, type AgentLimits } from "./end-cause.ts";
import type { AgentDialect, EndCause, StreamProgress } from "./agent-dialect.ts";
import type { Outcome } from "./outcome.ts";
import { outcomeWithStrays } from "./stray-failure.ts";

/** How to follow an agent. */
export interface FollowOptions extends AgentLimits {
  readonly runId: string;
  /** The agent's stdout. */
  readonly logFile: string;
  readonly stderrFile: string;
  /** Stops the agent, in the order that leaves nothing behind. */
  readonly cancel?: AbortSignal;
  /** Cuts the graces of stopping short: what still runs is killed at once. Stops nothing by itself. */
  readonly kill?: AbortSignal;
  /** Called for everything that the agent says or does. */
  readonly onActivity?: (activity: AgentActivity) => void;
  /**
   * How often to look for new lines.
   * @default 200
   */
  readonly pollMs?: number;
  /**
   * How long the agent may take to end after SIGINT, and again after SIGTERM.
   * @default 3000
   */
  readonly graceMs?: number;
  /** How long the search for what it has left running may take. */
  readonly sweep?: Pick<SweepOptions, "graceMs" | "timeoutMs">;
}

/** How an agent ended, and what was found out on the way. */
export interface FollowEnd<Summary> extends Exit {
  readonly outcome: Outcome;
  readonly summary: Summary;
  /** What it had left running. If anything is in `left`, the outcome is a failure that cannot be retried. */
  readonly strays: Sweep;
}

/** A process to follow. */
export interface FollowedAgent {
  readonly identity?: ProcessIdentity;
  readonly exitKnown: boolean;
  readonly logOffset: number;
  readonly stderrOffset: number;
  /** How long it had been silent before we came. */
  readonly silentMs: number;
  /** Aborted when it ends; absent if its end is not reported. */
  readonly ended?: AbortSignal;
  /** How it ended; `undefined` while it runs. */
  readonly exit: () => Exit | undefined;
  /** When it was started, if that is known. */
  readonly mark?: ProcessMark;
  readonly begin?: () => void;
}

const stderrTailBytes = 4096;
/** A flood must not keep us for long when it has ended; the result is in the last lines. */
const maxUnread = 64 * 1024 * 1024;
const maxUnreadWhenStopped = 1024 * 1024;

/** Follows an agent to its end, within its limits, and leaves nothing running. */
export async function followAgent<Summary>(
  dialect: AgentDialect<Summary>,
  agent: FollowedAgent,
  options: FollowOptions,
): Promise<FollowEnd<Summary>> {
  let follower: StreamFollower | undefined;
  let summary = dialect.empty;
  try {
    agent.begin?.();
    follower = openStreamFollower(
      options.logFile,
      (line) => {
        const read = dialect.read(summary, line);
        ({ summary } = read);
        for (const activity of read.activities) options.onActivity?.(activity);
      },
      { offset: agent.logOffset, largeLinesWith: dialect.largeLinesWith },
    );
    const { cause, ranMs, silentMs } = await followToEnd(agent, follower, options, () =>
      dialect.progressOf(summary),
    );
    const atEnd = summary;
    if (cause !== undefined) await stop(agent, options);
    const strays = await sweep(agent, options);
    follower.drain(cause === undefined ? maxUnread : maxUnreadWhenStopped);
    // What a process says when it is stopped after its work is done is not about the work.
    const judged = cause === "settled" ? atEnd : summary;
    const exit = agent.exit();
    const facts = {
      summary: judged,
      ...(cause === undefined ? {} : { cause }),
      exitKnown: agent.exitKnown && exit !== undefined,
      ...(exit ?? { exitCode: null, exitSignal: null }),
      stderrTail: readTail(options.stderrFile, agent.stderrOffset, stderrTailBytes),
      saidAt: modifiedAt(options.logFile),
      ranMs,
      silentMs,
    };
    const { exitCode, exitSignal } = facts;
    const outcome = outcomeWithStrays(dialect.judge(facts), strays.left);
    return { outcome, summary: judged, exitCode, exitSignal, strays };
  } catch (error) {
    await stop(agent, options);
    await sweep(agent, options);
    throw error;
  } finally {
    follower?.close();
  }
}

interface Following {
  /** Absent if the agent ended by itself. */
  readonly cause: EndCause | undefined;
  readonly ranMs: number;
  readonly silentMs: number;
}

async function followToEnd(
  agent: FollowedAgent,
  follower: StreamFollower,
  options: FollowOptions,
  progress: () => StreamProgress,
): Promise<Following> {
  const { cancel, pollMs = 200 } = options;
  const isCancelled = (): boolean => cancel?.aborted === true;
  const attention = AbortSignal.any([agent.ended, cancel].filter((one) => one !== undefined));
  // This clock stands still while the machine sleeps: a night is neither silence nor work.
  const startedAt = performance.now();
  const endsAt = startedAt + options.deadlineAt - Date.now();
  let heardAt = startedAt - agent.silentMs;
  const sizeAtStart = sizeOf(options.logFile);
  // A result that was written before we came must be known before a limit is held against the agent.
  while (!isCancelled() && follower.offset < sizeAtStart && follower.read() > 0) await nextTurn();
  for (;;) {
    const bytes = follower.read();
    const hasEnded = agent.exit() !== undefined;
    const now = performance.now();
    if (bytes > 0) heardAt = now;
    const state = {
      progress: progress(),
      isCancelled: isCancelled(),
      leftMs: endsAt - now,
      silentMs: now - heardAt,
      logBytes: sizeOf(options.logFile) + sizeOf(options.stderrFile),
    };
    const cause = hasEnded ? undefined : findEndCause(state, options);
    if (hasEnded || cause !== undefined) {
      return { cause, ranMs: now - startedAt, silentMs: state.silentMs };
    }
    await (bytes === 0 ? pause(pollMs, attention) : nextTurn());
  }
}

async function sweep(
  { mark }: FollowedAgent,
  { runId, kill, sweep: limits }: FollowOptions,
): Promise<Sweep> {
  return await sweepRun(runId, { ...limits, kill, ...(mark !== undefined && { since: mark }) });
}

async function stop(agent: FollowedAgent, options: FollowOptions): Promise<void> {
  if (agent.identity === undefined) return;
  await stopAgentProcess(agent.identity, options);
  // The process is gone; Node tells its exit code a moment later.
  if (agent.ended !== undefined) await pause(1000, agent.ended);
}

/** Waits, but not longer than until the signal. Throws nothing: an error and its stack are the dear part of a cancelled sleep. */
async function pause(ms: number, until: AbortSignal): Promise<void> {
  if (until.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      until.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    until.addEventListener("abort", end);
  });
}
