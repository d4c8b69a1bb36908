import type { ChartNode } from "../../src/chart/chart.ts";
import type { Sketch, SketchArrow, SketchLine } from "./chart-sketch.ts";
import { sizeOfRows, widthOfLabel } from "./chart-text.ts";
import type { Placement, Sized } from "./elk-placement.ts";
import { roomForExits } from "./exits.ts";

const frame = { head: 46, side: 26, bottom: 24 };
const part = { width: 140, height: 38 };
const whole = { width: part.width + 2 * frame.side, height: 52 };

/** The room around the parts of a state. */
export interface Frame {
  readonly head: number;
  readonly right: number;
  readonly bottom: number;
}

/** The state at the top level that a state is in, or the state itself. */
export function topOf(id: string): string {
  return id.split(".", 1).join();
}

/** The arrows from parts of a state to somewhere outside of it. */
export function exitsOf(id: string, { arrows }: Sketch): readonly SketchArrow[] {
  return arrows.filter(({ source, target }) => source.startsWith(`${id}.`) && topOf(target) !== id);
}

/** The room that a state with parts needs around them. */
export function frameOf(id: string, sketch: Sketch): Frame {
  const { height } = sizeOfRows(rowsOf(id, sketch));
  return {
    head: frame.head + height,
    right: roomForExits(exitsOf(id, sketch).length),
    bottom: frame.bottom,
  };
}

/** What is told in the box of a state. */
export function rowsOf(id: string, { rows }: Sketch): readonly SketchLine[] {
  return rows.get(id) ?? [];
}

/** The sizes of the parts of a state: all as wide as the widest. */
export function sizesOfParts(nodes: readonly ChartNode[], sketch: Sketch): readonly Sized[] {
  const needs = nodes.map(({ id, label }) => {
    const rows = sizeOfRows(rowsOf(id, sketch));
    const width = Math.max(part.width, widthOfLabel(label, false), rows.width);
    return { id, width, height: part.height + (rows.height === 0 ? 0 : rows.height + 2) };
  });
  const width = Math.max(...needs.map((need) => need.width));
  return needs.map((need) => ({ ...need, width }));
}

/** The sizes of the states at the top level: all but the one that the others stand beside are as wide as the widest. */
export function sizesOfWholes(
  sketch: Sketch,
  parts: ReadonlyMap<string, Placement>,
): readonly Sized[] {
  const needs = sketch.nodes.map(({ id, label }) => {
    const rows = sizeOfRows(rowsOf(id, sketch));
    const inner = parts.get(id);
    if (inner === undefined) {
      const width = Math.max(whole.width, widthOfLabel(label, true), rows.width);
      return { id, width, height: rows.height === 0 ? whole.height : rows.height + 50 };
    }
    const { head, right, bottom } = frameOf(id, sketch);
    const width = Math.max(inner.width + 2 * frame.side + right, rows.width);
    return { id, width, height: head + inner.height + bottom };
  });
  const hub = needs.find(({ id }) => sketch.arrows.some(({ source }) => topOf(source) === id));
  const width = Math.max(...needs.flatMap((need) => (need === hub ? [] : [need.width])));
  return needs.map((need) => (need === hub ? need : { ...need, width }));
}
