import type { Point } from "./chart-layout.ts";
import { formatElement } from "./svg-element.ts";

const radius = 7;
const head = { length: 8, half: 4.5 };

/**
 * The path of a line of a layout, with round corners.
 *
 * @example
 * formatArrowLine([[0, 0], [20, 0]]); // "M0 0L20 0"
 */
export function formatArrowLine(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${point.join(" ")}`;
      if (after === undefined) return `L${point.join(" ")}`;
      const [from, to] = [toward(point, before), toward(point, after)];
      return `L${from.join(" ")}Q${point.join(" ")} ${to.join(" ")}`;
    })
    .join("");
}

/**
 * The path of the arrow head at the end of a line that ends level or upright.
 *
 * @example
 * formatArrowHead([[0, 0], [20, 0]]); // "M20 0L12 -4.5L12 4.5Z"
 */
export function formatArrowHead(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [footX, footY] = [x - head.length * dx, y - head.length * dy];
  const [left, right] = [-1, 1].map(
    (side) => `${footX + side * head.half * dy} ${footY + side * head.half * dx}`,
  );
  return `M${x} ${y}L${left}L${right}Z`;
}

/** The path of the small picture of a kind of state, 16 px wide, by the kind. */
export const stateIcons: Readonly<Record<string, string>> = {
  agent: "M4.5 3.5L12 8L4.5 12.5Z",
  tests: "M3 8.5L6.5 12L13 4.5",
  timer: "M8 2.5A5.5 5.5 0 1 1 7.99 2.5ZM8 5V8.2L10 9.6",
  person: "M8 2.5A2.6 2.6 0 1 1 7.99 2.5ZM3 13.5C3 10.8 5 9.6 8 9.6S13 10.8 13 13.5",
  rest: "M5.5 4V12M10.5 4V12",
  final: "M8 3A5 5 0 1 1 7.99 3ZM8 6.7A1.3 1.3 0 1 1 7.99 6.7Z",
};

/** The small picture of a kind of state, 16 px wide. */
export function formatIcon(kind: string, [x, y]: Point): string {
  const d = stateIcons[kind];
  if (d === undefined) return "";
  return formatElement("path", { class: "icon", transform: `translate(${x} ${y})`, d });
}

/** A point near a corner, and at most half way to the next one. */
function toward([x, y]: Point, [toX, toY]: Point): Point {
  const distance = Math.hypot(toX - x, toY - y);
  const share = distance === 0 ? 0 : Math.min(radius, distance / 2) / distance;
  return [x + (toX - x) * share, y + (toY - y) * share];
}
