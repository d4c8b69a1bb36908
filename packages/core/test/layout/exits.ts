import type { Point, Rectangle } from "../../src/chart/chart-layout.ts";

/** A line that leaves a part of a state for the right side of that state. */
export interface Exit {
  readonly arrow: string;
  /** The part that it leaves. */
  readonly from: Rectangle;
  /** Where it meets the right side. */
  readonly to: Point;
}

const lane = 14;

/** The room at the right side that lines need to go up and down side by side. */
export function roomForExits(count: number): number {
  return count === 0 ? 0 : (count + 1) * lane;
}

/**
 * Leads lines from parts to the right side of the state, each in a lane of its own. Lines that meet the side
 * in the order of their parts do not cross.
 */
export function routeExits(exits: readonly Exit[]): ReadonlyMap<string, readonly Point[]> {
  const sorted = exits.toSorted((a, b) => a.from.y - b.from.y || a.to[1] - b.to[1]);
  return new Map(
    sorted.map(({ arrow, from, to: [x, y] }, index) => {
      const same = sorted.filter((exit) => exit.from.y === from.y);
      const share = (same.findIndex((exit) => exit.arrow === arrow) + 1) / (same.length + 1);
      const start: Point = [from.x + from.width, Math.round(from.y + from.height * share)];
      // The line that starts above goes down behind those below it, and up before them.
      const place = y > start[1] ? index + 1 : sorted.length - index;
      const turn = x - place * lane;
      const line: Point[] = [start, [turn, start[1]], [turn, y], [x, y]];
      return [arrow, start[1] === y ? [start, [x, y]] : line];
    }),
  );
}
