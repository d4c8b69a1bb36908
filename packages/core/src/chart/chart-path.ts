import { passedStates } from "./chart-arrow.ts";
import type { ChartEdge } from "./chart.ts";
import type { ChartLayout } from "./chart-layout.ts";
import type { SessionMove } from "../history/session-move.ts";

/**
 * The arrows and rows of a picture that a session went along: a list of ids for each of its moves. Where the
 * outline has an arrow `via` a state, it counts with the move that comes back from there, also over others.
 *
 * @example
 * findArrows(outlineLayout, [{ event: "approve", from: "waiting.approval", to: "working.implementation" }]);
 * // [["waiting>working"]]
 */
export function findArrows(
  layout: ChartLayout,
  moves: readonly SessionMove[],
): readonly (readonly string[])[] {
  const edges = edgesOf(layout);
  const known = new Map<string, readonly string[]>();
  const absences = new Map<string, Absence>();
  return moves.map((move) => {
    const key = `${move.event} ${move.from} ${move.to}`;
    const direct = known.get(key) ?? (edges.length > 0 ? goAlong(edges, move) : meet(layout, move));
    known.set(key, direct);
    if (!absences.has(parentOf(move.from))) leave(absences, move.from);
    for (const { via } of absences.values()) via.add(lastPart(move.from));
    const back = comeBack(layout, move, absences.get(parentOf(move.to)));
    leave(absences, move.to);
    return back === undefined ? direct : [...direct, back];
  });
}

/** The part of a state that a session was in last, and where it was since. */
interface Absence {
  readonly part: string;
  /** The last parts of the names of the states. */
  readonly via: Set<string>;
}

function leave(absences: Map<string, Absence>, part: string): void {
  absences.set(parentOf(part), { part, via: new Set() });
}

/** The edges that a picture tells one by one. */
function edgesOf({ arrows, states }: ChartLayout): readonly ChartEdge[] {
  const texts = [...states.flatMap(({ rows }) => rows), ...arrows.flatMap(({ texts }) => texts)];
  return texts.flatMap(({ edge }) => edge ?? []);
}

/** The shortest way: an edge for the event, and then edges that need none. */
function goAlong(edges: readonly ChartEdge[], { event, from, to }: SessionMove): readonly string[] {
  const passing = passedStates(edges);
  const first = edges.filter((edge) => isIn(from, edge.source) && event === edge.event);
  // What no edge knows, such as the start of a run, enters the chart again.
  const entries = edges.filter(({ source }) => passing.has(source));
  let ways = (first.length > 0 ? first : entries).map((edge) => [edge]);
  for (let length = 0; length < 3; length++) {
    const found = ways.find((way) => leadsTo(way.at(-1), from, to));
    if (found !== undefined) return found.map(({ source, target }) => `${source}>${target}`);
    ways = ways.flatMap((way) =>
      edges
        .filter(({ event, source }) => event === "" && isIn(way.at(-1)?.target ?? "", source))
        .map((edge) => [...way, edge]),
    );
  }
  return [];
}

function leadsTo(edge: ChartEdge | undefined, from: string, to: string): boolean {
  if (edge === undefined) return false;
  return edge.target === to || (from === to && edge.source === edge.target);
}

/** The arrow between the two states, or between those that they are in. */
function meet({ arrows }: ChartLayout, { from, to }: SessionMove): readonly string[] {
  if (from === to) return [];
  return arrows
    .filter(({ source, target }) => isIn(from, source) && isIn(to, target))
    .map(({ id }) => id);
}

/** The arrow from the part that was left before to the part that is entered now, `via` a state between. */
function comeBack(
  { arrows }: ChartLayout,
  { from, to }: SessionMove,
  absence: Absence | undefined,
): string | undefined {
  if (absence === undefined || parentOf(from) === parentOf(to)) return undefined;
  const { part, via } = absence;
  const arrow = arrows.find(
    ({ source, target, words }) =>
      source === part &&
      target === to &&
      words.some((word) => word.startsWith("via ") && via.has(word.slice("via ".length))),
  );
  return arrow?.id;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf(".")));
}

/** True for a state and for one that it is in; every state is in the whole, `""`. */
function isIn(id: string, state: string): boolean {
  return state === "" || id === state || id.startsWith(`${state}.`);
}
