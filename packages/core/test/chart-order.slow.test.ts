import { describe, expect, it } from "vitest";
import { createChart } from "../src/chart/chart.ts";
import { wholeLayout } from "../src/chart/chart-layout-whole.ts";
import { sketchOutline, sketchWhole, type Sketch } from "./layout/chart-sketch.ts";
import { placeDown, rectangleOf, type Sized } from "./layout/elk-placement.ts";
import { countCrossings, findCrossings, stretchesOfEdge, type Stretch } from "./layout/geometry.ts";
import { placeAllParts } from "./layout/parts-placement.ts";
import { cheapestOrder } from "./layout/sibling-order.ts";
import { exitsOf, sizesOfParts } from "./layout/state-size.ts";
import { placeWholes } from "./layout/wholes-placement.ts";

const whole = sketchWhole(createChart());

describe("the order of siblings", () => {
  it.each([
    ["outline", sketchOutline(createChart())],
    ["whole chart", whole],
  ])("lets no line between the states of the %s cross", async (_, sketch) => {
    const { crossings } = await placeWholes(sketch, await placeAllParts(sketch, new Map()));
    expect(crossings).toBe(0);
  });

  // All 720 take minutes; docs/decisions/0015 says what they showed.
  it("of the phases is one of those in which fewest lines cross, of every sixth that there is", async () => {
    const working = whole.nodes.find(({ id }) => id === "working");
    const sizes = sizesOfParts(working?.children ?? [], whole);
    const shipped = findCrossings(wholeLayout).length;
    expect(await crossingsInside(whole, "working", sizes)).toBe(shipped);
    let fewest = shipped;
    const orders = ordersOf(sizes).filter((_, index) => index % 6 === 0);
    for (const order of orders) {
      fewest = Math.min(fewest, await crossingsInside(whole, "working", order));
    }
    expect(orders).toHaveLength(120);
    expect(fewest).toBe(shipped);
  });
});

describe("the cheapest order", () => {
  it("is found by moving one item at a time", async () => {
    expect(await cheapestOrder([3, 1, 4, 2, 5], inversions)).toEqual({
      order: [1, 2, 3, 4, 5],
      cost: 0,
    });
  });

  it("is the order given where no other is better", async () => {
    expect((await cheapestOrder([3, 1, 2], async () => 1)).order).toEqual([3, 1, 2]);
  });
});

/** How many lines cross inside of a state; at least so many with those that leave it. */
async function crossingsInside(
  sketch: Sketch,
  id: string,
  parts: readonly Sized[],
): Promise<number> {
  const ids = new Set(parts.map((part) => part.id));
  const arrows = sketch.arrows.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const { edges, states, width } = await placeDown(parts, arrows, 22);
  const lines = edges
    .filter((edge) => arrows.some((arrow) => arrow.id === edge.id))
    .map(stretchesOfEdge);
  const exits = exitsOf(id, sketch).map(({ source }): readonly Stretch[] => {
    const box = rectangleOf(states.get(source) ?? {});
    const y = box.y + box.height / 2;
    return [
      [
        [box.x + box.width, y],
        [width, y],
      ],
    ];
  });
  return countCrossings([...lines, ...exits]);
}

async function inversions(order: readonly number[]): Promise<number> {
  return order.flatMap((a, index) => order.slice(index + 1).filter((b) => a > b)).length;
}

function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) =>
    ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
