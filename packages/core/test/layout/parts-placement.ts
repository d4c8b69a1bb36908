import type { ChartNode } from "../../src/chart/chart.ts";
import type { Rectangle } from "../../src/chart/chart-layout.ts";
import type { Sketch } from "./chart-sketch.ts";
import { placeAcross, placeDown, type Placement } from "./elk-placement.ts";
import { frameOf, sizesOfParts } from "./state-size.ts";

/**
 * Places the parts of all states that have any.
 *
 * @param states The states that have their places already; the parts fill them.
 */
export async function placeAllParts(
  sketch: Sketch,
  states: ReadonlyMap<string, Rectangle>,
): Promise<ReadonlyMap<string, Placement>> {
  const parts = new Map<string, Placement>();
  for (const { id, children } of sketch.nodes) {
    if (children.length === 0) continue;
    const { head, bottom } = frameOf(id, sketch);
    const height = (states.get(id)?.height ?? 0) - head - bottom;
    parts.set(id, await placeParts(children, sketch, height));
  }
  return parts;
}

/** Places the parts of a state so that they fill the height that there is. */
async function placeParts(
  nodes: readonly ChartNode[],
  sketch: Sketch,
  height: number,
): Promise<Placement> {
  const ids = new Set(nodes.map(({ id }) => id));
  const arrows = sketch.arrows.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const parts = sizesOfParts(nodes, sketch);
  if (arrows.length === 0) return placeAcross(parts, arrows, new Map());
  let [low, high] = [22, 80];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await placeDown(parts, arrows, middle)).height > height) high = middle;
    else low = middle;
  }
  return placeDown(parts, arrows, low);
}
