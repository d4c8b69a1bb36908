import { phases, type Phase, phaseRules } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import type { HistoryRecord } from "@samocode/core/store";
import { stateWords } from "@samocode/session";

/** Where a session is, and how often each phase had an iteration. */
export interface ChartPlace {
  readonly name: string;
  readonly state: string;
  readonly phase: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** What opens the way out of a phase, or where it leads back to. */
function turnOf(phase: Phase): readonly string[] {
  const { gate, next } = phaseRules[phase];
  if (gate !== undefined) return ["approval of the plan"];
  const at = phases.indexOf(phase);
  const back = next.filter((to) => phases.indexOf(to) < at);
  const beyond = next.filter((to) => phases.indexOf(to) > at + 1);
  if (back.length === 0) return [];
  return [[`back to ${back.join(" or ")}`, ...beyond.map((to) => `or to ${to}`)].join(", ")];
}

/**
 * The statechart as a few lines of text: the phases one below the other; with a session, marked with where it is and
 * has been.
 */
export function formatChartText(place?: ChartPlace): string {
  const here = phases.findIndex((phase) => phase === place?.phase);
  const isDone = place?.state === "finished";
  const width = Math.max(...phases.map(({ length }) => length));
  const lines = phases.map((phase, index) => {
    const isHere = index === here && !isDone;
    const mark = isHere ? "●" : isDone || index < here ? "✓" : "○";
    const facts = [
      ...(isHere && place !== undefined ? [stateWords(place.state)] : []),
      ...countOf(place?.counts.get(phase) ?? 0),
      ...(place === undefined ? turnOf(phase) : []),
    ];
    return `  ${mark} ${phase.padEnd(width)}  ${facts.join(", ")}`.trimEnd();
  });
  const head =
    place === undefined ? [] : [`${printableText(place.name, 200)}: ${stateWords(place.state)}`];
  return `${[...head, ...lines].join("\n")}\n`;
}

function countOf(count: number): readonly string[] {
  if (count === 0) return [];
  return [count === 1 ? "1 iteration" : `${count} iterations`];
}

/** How many iterations of each phase have ended. */
export function countIterations(records: readonly HistoryRecord[]): ReadonlyMap<string, number> {
  const ended = new Map<string, Set<number>>();
  for (const { phase, iteration, event = "signal." } of records) {
    if (phase === undefined || iteration === undefined) continue;
    if (!/^(?:signal|agent)\./.test(event)) continue;
    const known = ended.get(phase) ?? new Set();
    ended.set(phase, known.add(iteration));
  }
  return new Map([...ended].map(([phase, iterations]) => [phase, iterations.size]));
}
