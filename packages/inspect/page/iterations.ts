import type { TimedStep } from "./page-state.ts";
import { phaseOfState } from "./state-words.ts";

/** One run of an agent, as the history tells it. */
export interface Iteration {
  /** Number of the step that ended it; for the running one, the step that began it. */
  readonly step: number;
  readonly number: number;
  readonly phase: string;
  /** What ended it; absent while it runs. */
  readonly event?: string;
  readonly beganAt?: number;
  readonly ms: number;
  readonly usd: number;
  readonly turns?: number;
  readonly tokens?: number;
  readonly commits: readonly string[];
  readonly log?: string;
  readonly message?: string;
}

/** The iterations that have ended among the steps, in their order. */
export function listIterations(steps: readonly TimedStep[]): readonly Iteration[] {
  return steps.flatMap((step, index) => {
    const { event, iteration = 0, durationMs = 0, costUsd = 0, turns, tokens, log, message } = step;
    const phase = step.isGuess === true ? step.phase : phaseOfState(step.from);
    const isEnd = /^(?:signal|agent)\./.test(event) && phase !== undefined;
    if (!isEnd || (step.durationMs === undefined && step.isGuess !== true)) return [];
    return [
      {
        step: index,
        number: iteration,
        phase,
        event,
        ms: durationMs,
        usd: costUsd,
        commits: step.commits ?? [],
        ...(step.time !== undefined && { beganAt: step.time - durationMs }),
        ...(turns !== undefined && { turns }),
        ...(tokens !== undefined && { tokens }),
        ...(log !== undefined && { log }),
        ...(message !== undefined && { message }),
      },
    ];
  });
}
