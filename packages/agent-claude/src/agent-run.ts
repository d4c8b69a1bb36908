import {
  isAlive,
  type ProcessIdentity,
  startAgentProcess,
  stopAgentProcess,
  type AgentProcessOptions,
  type Exit,
  createMissingFile,
  modifiedAt,
} from "@samocode/process";
import { followAgent, type FollowEnd, type FollowOptions } from "./agent-follow.ts";
import type { Outcome } from "@samocode/session";
import { startFailure } from "./start-failure.ts";
import { emptySummary } from "./stream-summary.ts";

export interface RunAgentOptions extends AgentProcessOptions, FollowOptions {
  /**
   * Told once, before anything is read: the moment to write down whose process it is. When it throws,
   * the agent is stopped.
   */
  readonly onStart?: (identity: ProcessIdentity) => void;
}

/**
 * Runs an agent from its start to its end, and tells how it ended.
 *
 * Whatever happens, also when a callback throws: when this settles, the process has ended, what it
 * left running was ended too, and no handle is open. What could not be ended is in `strays.left`.
 * The environment must carry the run id (`agentEnvironment`), or strays are not found.
 *
 * @throws the error of the file system when prompt, log or stderr cannot be opened, and what a callback throws
 * @example
 * const { outcome } = await runAgent({ ...files, ...limits, command: "claude", args, env, cwd, runId });
 */
export async function runAgent(options: RunAgentOptions): Promise<FollowEnd> {
  const started = await startUnlessCancelled(options);
  if (started === undefined) return neverStarted({ type: "interrupted" });
  if ("startError" in started) {
    const { command, cwd } = options;
    return neverStarted({ type: "failed", ...startFailure(started.startError, command, cwd) });
  }

  const { identity } = started;
  const begin = (): void => options.onStart?.(identity);
  return await followAgent({ ...started, exitKnown: true, silentMs: 0, begin }, options);
}

async function startUnlessCancelled(options: AgentProcessOptions) {
  try {
    return await startAgentProcess(options);
  } catch (error) {
    if (options.cancel?.aborted === true) return undefined;
    throw error;
  }
}

export interface AdoptAgentOptions extends FollowOptions {
  /** Absent where nobody knows which process it was: then it has ended. */
  readonly identity?: ProcessIdentity;
  /**
   * Where the output of this agent starts in the log.
   * @default 0
   */
  readonly logOffset?: number;
  /**
   * Where its output starts in the stderr file.
   * @default 0
   */
  readonly stderrOffset?: number;
}

const unknownExit: Exit = { exitCode: null, exitSignal: null };

/**
 * Follows an agent that another process has started, from the start of its log to its end; it may
 * have ended already. The same limits hold, and the same promises as for `runAgent`.
 * The exit code of such a process cannot be known: its result tells how it ended. A log that somebody has
 * removed meanwhile is an empty one.
 *
 * @throws the error of the file system when the log cannot be opened, and what a callback throws
 * @example
 * const { outcome } = await adoptAgent({ ...files, ...limits, identity, runId });
 */
export async function adoptAgent(options: AdoptAgentOptions): Promise<FollowEnd> {
  const { identity, logFile } = options;
  // Nobody can follow an agent whose log was removed, nor is anything lost that its signal does not tell.
  if (createMissingFile(logFile) && identity !== undefined) {
    await stopAgentProcess(identity, options);
  }
  return await followAgent(
    {
      ...(identity && { identity }),
      exitKnown: false,
      logOffset: options.logOffset ?? 0,
      stderrOffset: options.stderrOffset ?? 0,
      silentMs: Math.max(0, Date.now() - modifiedAt(logFile)),
      exit: identity === undefined ? () => unknownExit : createExitCheck(identity),
    },
    options,
  );
}

/** Without `/proc` the question costs a run of `ps`: ask less often. */
function createExitCheck(identity: ProcessIdentity): () => Exit | undefined {
  const everyMs = process.platform === "linux" ? 0 : 1000;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - askedAt < everyMs) return undefined;
    askedAt = performance.now();
    return isAlive(identity) ? undefined : unknownExit;
  };
}

function neverStarted(outcome: Outcome): FollowEnd {
  return { outcome, summary: emptySummary, ...unknownExit, strays: { ended: [], left: [] } };
}
