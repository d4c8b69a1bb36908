import type { Sketch } from "./chart-sketch.ts";
import { placeAcross, rectangleOf, type Placement, type Sized } from "./elk-placement.ts";
import { countCrossings, stretchesOfEdge } from "./geometry.ts";
import { meetingsOf } from "./meetings.ts";
import { cheapestOrder } from "./sibling-order.ts";
import { sizesOfWholes, topOf } from "./state-size.ts";

/** The states at the top level in their places. */
export interface WholesPlacement {
  /** Those that no arrow leaves or enters. */
  readonly aside: Placement;
  /** The one that the others stand beside, and the others, in the order in which fewest lines cross. */
  readonly bound: Placement;
  /** How many lines cross between them. */
  readonly crossings: number;
}

/** Places the states at the top level, each large enough for its parts. */
export async function placeWholes(
  sketch: Sketch,
  parts: ReadonlyMap<string, Placement>,
): Promise<WholesPlacement> {
  const sizes = sizesOfWholes(sketch, parts);
  const arrows = sketch.arrows
    .map((arrow) => ({ ...arrow, source: topOf(arrow.source), target: topOf(arrow.target) }))
    .filter(({ source, target }) => source !== target);
  const isBound = ({ id }: Sized) =>
    arrows.some(({ source, target }) => source === id || target === id);
  const [hub, ...others] = sizes.filter(isBound);
  if (hub === undefined) throw new Error("cannot place a chart without an arrow");
  const meetings = new Map(
    others.map((size) => [size.id, meetingsOf(size, sketch, hub.id, parts.get(size.id))]),
  );
  const placeInOrder = (order: readonly Sized[]) => placeAcross([hub, ...order], arrows, meetings);
  const { order, cost } = await cheapestOrder(others, async (order) =>
    crossingsOf(sketch, await placeInOrder(order)),
  );
  const bound = await placeInOrder(order);
  const loose = sizes.filter((size) => !isBound(size));
  return {
    aside: await placeAcross(
      loose.toSorted((a, b) => Number(b.id === sketch.initial) - Number(a.id === sketch.initial)),
      [],
      new Map(),
    ),
    bound: { ...bound, states: fill(bound, hub.id) },
    crossings: cost,
  };
}

/** Lets the hub go over the whole height: nothing else stands in its column. */
function fill({ states, height }: Placement, hub: string): Placement["states"] {
  return new Map(states).set(hub, { ...rectangleOf(states.get(hub) ?? {}), y: 0, height });
}

/** How many lines cross, and how many that leave parts of the hub would cross inside of it. */
function crossingsOf({ nodes, arrows }: Sketch, { edges }: Placement): number {
  const parts = nodes.flatMap(({ children }) => children.map(({ id }) => id));
  const exits = arrows
    .filter(({ source, target }) => topOf(source) !== source && topOf(source) !== topOf(target))
    .map(({ id, source }) => ({
      part: parts.indexOf(source),
      y: edges.find((edge) => edge.id === id)?.sections?.[0]?.startPoint.y ?? 0,
    }));
  const inverted = exits.flatMap((a) => exits.filter((b) => a.part < b.part && a.y > b.y));
  return countCrossings(edges.map(stretchesOfEdge)) + inverted.length;
}
