import type { ElkExtendedEdge } from "elkjs/lib/elk.bundled.js";
import type {
  ChartLayout,
  PlacedArrow,
  PlacedText,
  Point,
  Rectangle,
} from "../../src/chart/chart-layout.ts";

/** A straight part of a line. */
export type Stretch = readonly [from: Point, to: Point];

/** The room that a text takes: from the top of its capitals to the foot of its longest letters. */
export function boxOfText({ x, y, length }: PlacedText): Rectangle {
  return { x, y: y - 9, width: length, height: 12 };
}

/** The straight parts of an arrow. */
export function stretchesOf({ line }: PlacedArrow): readonly Stretch[] {
  return line.flatMap(stretches);
}

/** The straight parts of a line. */
export function stretches(points: readonly Point[]): readonly Stretch[] {
  return points.slice(1).map((point, index): Stretch => [points[index] ?? point, point]);
}

/** True if two rectangles have a common inside. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** True for a rectangle that is inside of another, at least so far from its edge. */
export function isInside(inner: Rectangle, outer: Rectangle, distance: number): boolean {
  return (
    inner.x >= outer.x + distance &&
    inner.y >= outer.y + distance &&
    inner.x + inner.width <= outer.x + outer.width - distance &&
    inner.y + inner.height <= outer.y + outer.height - distance
  );
}

/** True if a straight part of a line goes through a rectangle, and not only along its edge. */
export function runsThrough([[x1, y1], [x2, y2]]: Stretch, box: Rectangle): boolean {
  return (
    Math.min(x1, x2) < box.x + box.width &&
    Math.max(x1, x2) > box.x &&
    Math.min(y1, y2) < box.y + box.height &&
    Math.max(y1, y2) > box.y
  );
}

/** The straight parts of an edge that elk has placed. */
export function stretchesOfEdge({ sections = [] }: ElkExtendedEdge): readonly Stretch[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    stretches([startPoint, ...bendPoints, endPoint].map(({ x, y }) => [x, y] as const)),
  );
}

/** How often lines cross each other. */
export function countCrossings(lines: readonly (readonly Stretch[])[]): number {
  const crossings = pairs(lines).flatMap(([a, b]) =>
    a.flatMap((one) => b.filter((other) => cross(one, other))),
  );
  return crossings.length;
}

/** Where lines cross each other: `A>B × C>D`, once for each crossing. */
export function findCrossings({ arrows }: ChartLayout): readonly string[] {
  return pairs(arrows).flatMap(([a, b]) =>
    stretchesOf(a).flatMap((one) =>
      stretchesOf(b).flatMap((other) => (cross(one, other) ? [`${a.id} × ${b.id}`] : [])),
    ),
  );
}

/** Every two of a list. */
export function pairs<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((item, index) =>
    items.slice(index + 1).map((other) => [item, other] as const),
  );
}

/** True if two lines meet: across each other, or one on the other. */
function cross([a, b]: Stretch, [c, d]: Stretch): boolean {
  return (
    Math.min(a[0], b[0]) <= Math.max(c[0], d[0]) &&
    Math.max(a[0], b[0]) >= Math.min(c[0], d[0]) &&
    Math.min(a[1], b[1]) <= Math.max(c[1], d[1]) &&
    Math.max(a[1], b[1]) >= Math.min(c[1], d[1])
  );
}
