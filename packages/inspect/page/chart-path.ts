import type { Point } from "@samocode/core";

const radius = 7;

/** The path of a line with round corners. */
export function formatLine(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${point.join(" ")}`;
      if (after === undefined) return `L${point.join(" ")}`;
      return `L${toward(point, before).join(" ")}Q${point.join(" ")} ${toward(point, after).join(" ")}`;
    })
    .join("");
}

/** The path of the arrow head at the end of a line that ends level or upright. */
export function formatHead(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [footX, footY] = [x - 8 * dx, y - 8 * dy];
  return `M${x} ${y}L${footX - 4.5 * dy} ${footY - 4.5 * dx}L${footX + 4.5 * dy} ${footY + 4.5 * dx}Z`;
}

/** The small picture of a kind of state, 16 px wide. */
export const iconPaths: ReadonlyMap<string, string> = new Map([
  ["agent", "M4.5 3.5L12 8L4.5 12.5Z"],
  ["tests", "M3 8.5L6.5 12L13 4.5"],
  ["timer", "M8 2.5A5.5 5.5 0 1 1 7.99 2.5ZM8 5V8.2L10 9.6"],
  ["person", "M8 2.5A2.6 2.6 0 1 1 7.99 2.5ZM3 13.5C3 10.8 5 9.6 8 9.6S13 10.8 13 13.5"],
  ["rest", "M5.5 4V12M10.5 4V12"],
  ["final", "M8 3A5 5 0 1 1 7.99 3ZM8 6.7A1.3 1.3 0 1 1 7.99 6.7Z"],
]);

function toward([x, y]: Point, [toX, toY]: Point): Point {
  const distance = Math.hypot(toX - x, toY - y);
  const share = distance === 0 ? 0 : Math.min(radius, distance / 2) / distance;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
