import type { Point, Rectangle } from "../../src/chart/chart-layout.ts";

/** The pieces of a line of horizontal and vertical stretches that stand outside a box on it. */
export function breakLine(points: readonly Point[], box: Rectangle): readonly (readonly Point[])[] {
  const pieces: Point[][] = [[]];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined && meets(before, point, box)) {
      const [end, start] = cut(before, point, box);
      pieces.at(-1)?.push(end);
      pieces.push([start]);
    }
    pieces.at(-1)?.push(point);
  }
  return pieces;
}

/** True if a stretch of a line runs through a box and not only along its edge. */
function meets([x1, y1]: Point, [x2, y2]: Point, { x, y, width, height }: Rectangle): boolean {
  return (
    Math.min(x1, x2) < x + width &&
    Math.max(x1, x2) > x &&
    Math.min(y1, y2) < y + height &&
    Math.max(y1, y2) > y
  );
}

/** Where a stretch ends before a box, and where it goes on behind it. */
function cut([x1, y1]: Point, [x2, y2]: Point, { x, y, width, height }: Rectangle): [Point, Point] {
  const isLevel = y1 === y2;
  const near: Point = isLevel ? [x, y1] : [x1, y];
  const far: Point = isLevel ? [x + width, y1] : [x1, y + height];
  return x1 + y1 < x2 + y2 ? [near, far] : [far, near];
}
