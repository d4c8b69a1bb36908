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
import type { AgentDialect } from "./agent-dialect.ts";
import type { Outcome } from "./outcome.ts";
import { startFailure } from "./start-failure.ts";

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
 * const { outcome } = await runAgent(dialect, { ...files, ...limits, command: "claude", args, env, cwd, runId });
 */
export async function runAgent<Summary>(
  dialect: AgentDialect<Summary>,
  options: RunAgentOptions,
): Promise<FollowEnd<Summary>> {
  const started = await startUnlessCancelled(options);
  if (started === undefined) return neverStarted(dialect, { type: "interrupted" });
  if ("startError" in started) {
    const { command, cwd } = options;
    const failure = startFailure(started.startError, command, cwd, dialect.startCure);
    return neverStarted(dialect, { type: "failed", ...failure });
  }

  const { identity } = started;
  const begin = (): void => options.onStart?.(identity);
  const agent = { ...started, exitKnown: true, silentMs: 0, begin };
  return await followAgent(dialect, agent, options);
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
  /** Absent if nobody knows which process it was: then it has ended. */
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
 * const { outcome } = await adoptAgent(dialect, { ...files, ...limits, identity, runId });
 */
export async function adoptAgent<Summary>(
  dialect: AgentDialect<Summary>,
  options: AdoptAgentOptions,
): Promise<FollowEnd<Summary>> {
  const { identity, logFile } = options;
  // Nobody can follow an agent whose log was removed, nor is anything lost that its signal does not tell.
  if (createMissingFile(logFile) && identity !== undefined) {
    await stopAgentProcess(identity, options);
  }
  return await followAgent(
    dialect,
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

function neverStarted<Summary>(
  { empty }: AgentDialect<Summary>,
  outcome: Outcome,
): FollowEnd<Summary> {
  return { outcome, summary: empty, ...unknownExit, strays: { ended: [], left: [] } };
}
