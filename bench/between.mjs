import { once } from "node:events";
import { compare, median } from "./figures.mjs";
import { binary, createSession } from "./session.mjs";

/** Iterations of one run; the first ones are warm-up. */
const iterations = 40;
const warmUp = 10;

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
  /** @type {Record<string, { session: import("./session.mjs").Session, bare: number[], ours: number[] }>} */
  const measured = {};
  try {
    for (const [kind, { size }] of Object.entries(kinds)) {
      measured[kind] = { session: await createSession("iterate.sh", size), bare: [], ours: [] };
    }
    for (let round = 0; round < rounds; round++) {
      for (const { session, bare, ours } of Object.values(measured)) {
        session.reset();
        await once(session.startBare(iterations), "exit");
        bare.push(median(gapsOf(session)));
        session.reset();
        const args = [binary, "measured", "--max-iterations", String(iterations)];
        await once(session.start(args), "exit");
        ours.push(median(gapsOf(session)));
      }
    }
  } finally {
    await Promise.all(Object.values(measured).map(({ session }) => session.dispose()));
  }
  const plain = measured["plain"]?.ours ?? [];
  return Object.entries(kinds).flatMap(([kind, { what, target }]) => {
    const { bare = [], ours = [] } = measured[kind] ?? {};
    const figure = compare(what, bare, ours, target);
    if (kind !== "events") return [figure];
    return [figure, compare("that, beside the session without a history", plain, ours, "<= 1.1 x")];
  });
}

/** @param {import("./session.mjs").Session} session */
function gapsOf(session) {
  const times = session.readTimes();
  const starts = times.filter(({ word }) => word === "start");
  const ends = times.filter(({ word }) => word === "end");
  if (ends.length !== iterations) throw new Error(`${ends.length} of ${iterations} iterations ran`);
  return starts.slice(warmUp).map(({ at }, index) => at - (ends[index + warmUp - 1]?.at ?? at));
}
