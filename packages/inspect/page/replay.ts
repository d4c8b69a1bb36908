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

/** The way of a session, to be looked at as it was after any of its steps. */
export interface Track {
  /**
   * Plays the first `count` steps.
   *
   * @param now The time up to which the session is in the state that it is in, Unix time in ms; absent for a time
   * that is past.
   */
  readonly replay: (count: number, now?: number) => Replay;
}

interface Sum {
  ms: number;
  usd: number;
  times: number;
}

/** Where a replay may begin, so that it need not begin at the beginning. */
interface Post {
  readonly count: number;
  readonly state: string;
  readonly since: number | undefined;
  readonly spent: ReadonlyMap<string, Sum>;
  readonly taken: ReadonlySet<string>;
}

/** How many steps lie between two posts: that many are played at most, wherever the slider is. */
const stepsBetween = 400;

/**
 * Makes the track of a session from its steps.
 *
 * @param ways The ids of the arrows that each step went along.
 */
export function createTrack(
  steps: readonly TimedStep[],
  ways: readonly (readonly string[])[],
): Track {
  const start = { count: 0, state: steps[0]?.from ?? "", since: undefined };
  const posts: Post[] = [{ ...start, spent: new Map(), taken: new Set() }];
  return {
    replay(count, now) {
      const end = Math.min(count, steps.length);
      for (let post = posts.at(-1); post !== undefined && post.count + stepsBetween <= end;) {
        post = play(steps, ways, post, post.count + stepsBetween);
        posts.push(post);
      }
      const from = posts.findLast((post) => post.count <= end);
      const { state, since, spent, taken } = play(steps, ways, from ?? posts[0], end);
      if (now === undefined || since === undefined || state === "finished") {
        return { state, spent: withGroups(spent), taken };
      }
      const sums = copy(spent);
      add(sums, state, { ms: Math.max(0, now - since) });
      return { state, spent: withGroups(sums), taken };
    },
  };
}

function play(
  steps: readonly TimedStep[],
  ways: readonly (readonly string[])[],
  from: Post | undefined,
  count: number,
): Post {
  const spent = copy(from?.spent ?? new Map<string, Sum>());
  const taken = new Set(from?.taken);
  let state = from?.state ?? "";
  let since = from?.since;
  for (let index = from?.count ?? 0; index < count; index++) {
    const step = steps[index];
    if (step === undefined) break;
    const at = step.time ?? since;
    if (at !== undefined && since !== undefined) add(spent, state, { ms: Math.max(0, at - since) });
    if (step.costUsd !== undefined) add(spent, step.from, { usd: step.costUsd });
    if (step.to !== state || index === 0) add(spent, step.to, { times: 1 });
    for (const arrow of ways[index] ?? []) taken.add(arrow);
    state = step.to;
    since = at;
  }
  return { count, state, since, spent, taken };
}

function copy(sums: ReadonlyMap<string, Sum>): Map<string, Sum> {
  return new Map([...sums].map(([state, sum]) => [state, { ...sum }]));
}

function add(sums: Map<string, Sum>, state: string, more: Partial<Sum>): void {
  const sum = sums.get(state) ?? { ms: 0, usd: 0, times: 0 };
  sum.ms += more.ms ?? 0;
  sum.usd += more.usd ?? 0;
  sum.times += more.times ?? 0;
  sums.set(state, sum);
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
