import type { TimedStep } from "./page-state.ts";
import { withAncestors } from "./state-words.ts";

/** What was spent in a state. */
export interface Spent {
  readonly ms: number;
  readonly usd: number;
  /** How often the session came into it. */
  readonly times: number;
}

/** Where a session was after some of its steps, and how it came there. */
export interface Replay {
  readonly state: string;
  /** By state; a state has also what was spent in those within it. */
  readonly spent: ReadonlyMap<string, Spent>;
  /** Ids of the arrows that it has taken. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Plays the first `count` steps of a session.
 *
 * @param ways The ids of the arrows that each step went along.
 * @param now The time up to which it is in the state that it is in, in ms since 1970; absent for a time that is past.
 */
export function replaySteps(
  steps: readonly TimedStep[],
  ways: readonly (readonly string[])[],
  count: number,
  now?: number,
): Replay {
  const spent = new Map<string, { ms: number; usd: number; times: number }>();
  const taken = new Set<string>();
  const add = (state: string, ms: number, usd: number, times: number): void => {
    const sum = spent.get(state);
    if (sum === undefined) spent.set(state, { ms, usd, times });
    else {
      sum.ms += ms;
      sum.usd += usd;
      sum.times += times;
    }
  };
  let state = steps[0]?.from ?? "";
  let since: number | undefined;
  for (let index = 0; index < count; index++) {
    const step = steps[index];
    if (step === undefined) break;
    const at = step.time ?? since;
    if (at !== undefined && since !== undefined) add(state, Math.max(0, at - since), 0, 0);
    if (step.costUsd !== undefined) add(step.from, 0, step.costUsd, 0);
    if (step.to !== state || index === 0) add(step.to, 0, 0, 1);
    for (const arrow of ways[index] ?? []) taken.add(arrow);
    state = step.to;
    since = at;
  }
  if (now !== undefined && since !== undefined && state !== "finished") {
    add(state, Math.max(0, now - since), 0, 0);
  }
  return { state, spent: withGroups(spent), taken };
}

function withGroups(spent: ReadonlyMap<string, Spent>): ReadonlyMap<string, Spent> {
  const all = new Map<string, Spent>();
  for (const [state, { ms, usd, times }] of spent) {
    for (const id of withAncestors(state)) {
      const sum = all.get(id) ?? { ms: 0, usd: 0, times: 0 };
      all.set(id, { ms: sum.ms + ms, usd: sum.usd + usd, times: sum.times + times });
    }
  }
  return all;
}
