import { once } from "node:events";
import { compare, median } from "./figures.mjs";
import { binary, createSession } from "./session.mjs";

/** Iterations of one run; the first ones are warm-up. */
const iterations = 40;
const warmUp = 10;

/** Those that are also measured beside a loop that writes and syncs as much. */
const besideSynced = new Set(["plain", "chart"]);

const kinds = {
  plain: { what: "between two iterations", size: {}, target: "<= 3 ms more" },
  events: {
    what: "the same with 100 000 events behind it",
    size: { events: 100_000 },
    target: "within 10 %",
  },
  chart: {
    what: "the same with the chart in the overview",
    size: { chart: true },
    target: "<= 3 ms more",
  },
  log: {
    what: "the same with 10 000 Flow Log lines, changed each time",
    size: { flowLogLines: 10_000 },
    target: "<= 25 ms",
  },
};

/**
 * The time from the end of one agent to the start of the next, as the agents themselves write it down,
 * with all state synced in between.
 * @param {number} rounds
 */
export async function measureBetween(rounds) {
  /** @type {Record<string, { session: import("./session.mjs").Session, bare: number[], synced: number[], ours: number[] }>} */
  const measured = {};
  try {
    for (const [kind, { size }] of Object.entries(kinds)) {
      const session = await createSession("iterate.sh", size);
      measured[kind] = { session, bare: [], synced: [], ours: [] };
    }
    for (let round = 0; round < rounds; round++) {
      for (const [kind, { session, bare, synced, ours }] of Object.entries(measured)) {
        const args = [binary, "measured", "--max-iterations", String(iterations)];
        bare.push(await gapOf(session, () => session.startBare(iterations)));
        if (besideSynced.has(kind))
          synced.push(await gapOf(session, () => session.startSynced(iterations)));
        ours.push(await gapOf(session, () => session.start(args)));
      }
    }
  } finally {
    await Promise.all(Object.values(measured).map(({ session }) => session.dispose()));
  }
  const plain = measured["plain"]?.ours ?? [];
  return Object.entries(kinds).flatMap(([kind, { what, target }]) => {
    const { bare = [], synced = [], ours = [] } = measured[kind] ?? {};
    const figures = [compare(what, bare, ours, target)];
    if (kind === "events")
      figures.push(compare("that, beside the session without a history", plain, ours, "<= 1.1 x"));
    if (besideSynced.has(kind))
      figures.push(compare("that, beside a loop that writes and syncs as much", synced, ours, ""));
    return figures;
  });
}

/**
 * The median time from the end of one agent to the start of the next.
 * @param {import("./session.mjs").Session} session
 * @param {() => import("node:child_process").ChildProcess} start
 */
async function gapOf(session, start) {
  session.reset();
  await once(start(), "exit");
  const times = session.readTimes();
  const starts = times.filter(({ word }) => word === "start");
  const ends = times.filter(({ word }) => word === "end");
  if (ends.length !== iterations) throw new Error(`${ends.length} of ${iterations} iterations ran`);
  const gaps = starts
    .slice(warmUp)
    .map(({ at }, index) => at - (ends[index + warmUp - 1]?.at ?? at));
  return median(gaps);
}
