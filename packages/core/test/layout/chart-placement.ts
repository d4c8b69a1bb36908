import type { ElkExtendedEdge } from "elkjs/lib/elk.bundled.js";
import type { ChartNode } from "../../src/chart/chart.ts";
import type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  Point,
  Rectangle,
} from "../../src/chart/chart-layout.ts";
import type { Sketch, SketchArrow } from "./chart-sketch.ts";
import { placeLabel, placeRows, placeWords } from "./chart-text.ts";
import { rectangleOf, type Placement } from "./elk-placement.ts";
import { routeExits, type Exit } from "./exits.ts";
import { breakLine } from "./line-break.ts";
import { placeAllParts } from "./parts-placement.ts";
import { exitsOf, frameOf, rowsOf, topOf } from "./state-size.ts";
import { placeWholes } from "./wholes-placement.ts";

const margin = 24;
/** Room above for the dot at which a session begins. */
const top = 38;
const gapOfColumns = 32;

/** Places the states, arrows and words of a chart: what goes on inside a state downwards, all else beside it. */
export async function placeChart(sketch: Sketch): Promise<ChartLayout> {
  const parts = await placeAllParts(sketch, new Map());
  const { aside, bound } = await placeWholes(sketch, parts);
  return assemble(sketch, aside, bound, await placeAllParts(sketch, bound.states));
}

interface Line {
  readonly points: readonly Point[];
  readonly label: Rectangle | undefined;
}

function assemble(
  sketch: Sketch,
  aside: Placement,
  outer: Placement,
  parts: ReadonlyMap<string, Placement>,
): ChartLayout {
  const states = new Map<string, PlacedState>();
  const lines = new Map<string, Line>();
  const add = (nodes: readonly ChartNode[], placed: Placement, at: Point, parent?: PlacedState) => {
    for (const node of nodes) {
      const box = placed.states.get(node.id);
      if (box === undefined) continue;
      const state = placeState(node, sketch, moved(box, at), parent);
      states.set(node.id, state);
      const inner = parts.get(node.id);
      if (inner === undefined) continue;
      const { head, right, bottom } = frameOf(node.id, sketch);
      const spareX = (state.width - right - inner.width) / 2;
      const spareY = (state.height - head - bottom - inner.height) / 2;
      add(node.children, inner, [state.x + spareX, state.y + head + spareY], state);
    }
    for (const edge of placed.edges) lines.set(edge.id, lineOf(edge, at));
  };
  const left = aside.width === 0 ? margin : margin + aside.width + gapOfColumns;
  add(sketch.nodes, aside, [margin, top]);
  add(sketch.nodes, outer, [left, top]);
  for (const { id } of sketch.nodes) leadOut(exitsOf(id, sketch), states, lines);
  const start = rectangleOf(states.get(sketch.initial) ?? {});
  return {
    width: Math.ceil(left + outer.width + margin),
    height: Math.ceil(Math.max(outer.height, aside.height) + top + margin),
    start: [
      [start.x + 44, start.y - 22],
      [start.x + 44, start.y],
    ],
    states: [...states.values()],
    arrows: sketch.arrows.flatMap((arrow) => {
      const line = lines.get(arrow.id);
      return line === undefined ? [] : [placeArrow(arrow, leadIn(arrow, line, states))];
    }),
  };
}

/** Lets lines that elk began at the side of a state begin at a part of it. */
function leadOut(
  arrows: readonly SketchArrow[],
  states: ReadonlyMap<string, PlacedState>,
  lines: Map<string, Line>,
): void {
  const exits = arrows.flatMap(({ id, source }): Exit[] => {
    const from = states.get(source);
    const to = lines.get(id)?.points[0];
    return from && to ? [{ arrow: id, from, to }] : [];
  });
  for (const [id, points] of routeExits(exits)) {
    const { points: rest = [], label } = lines.get(id) ?? {};
    lines.set(id, { points: [...points, ...rest.slice(1)], label });
  }
}

/** Lets a line that elk ended at the side of a state end at a part of it. */
function leadIn(
  { source, target }: SketchArrow,
  { points, label }: Line,
  states: ReadonlyMap<string, PlacedState>,
): Line {
  const part = states.get(target);
  const end = points.at(-1);
  const isInside = topOf(target) === target || topOf(source) === topOf(target);
  if (isInside || part === undefined || end === undefined) return { points, label };
  return { points: [...points.slice(0, -1), [part.x, end[1]]], label };
}

function placeState(
  { id, label, description, tags, isFinal, children }: ChartNode,
  sketch: Sketch,
  box: Rectangle,
  parent: PlacedState | undefined,
): PlacedState {
  const rows = rowsOf(id, sketch);
  const isGroup = children.length > 0;
  const kind = isFinal ? "final" : (tags[0] ?? parent?.kind ?? "");
  const y =
    isGroup || rows.length > 0
      ? box.y + (parent === undefined ? 28 : 22)
      : Math.round(box.y + box.height / 2 + 4.5);
  return {
    id,
    label: placeLabel(label, box, y, parent === undefined ? kind !== "" : undefined),
    description,
    kind,
    isGroup,
    ...(parent === undefined && kind !== "" && { icon: [box.x + 14, y - 12.5] as const }),
    ...box,
    rows: placeRows(rows, box, y + 8),
  };
}

function placeArrow(
  { id, source, target, words, lines }: SketchArrow,
  { points, label }: Line,
): PlacedArrow {
  const arrow = { id, source, target, words };
  if (label === undefined) return { ...arrow, line: [points], texts: [] };
  return { ...arrow, line: breakLine(points, label), texts: placeWords(lines, label) };
}

function lineOf(edge: ElkExtendedEdge, at: Point): Line {
  const { startPoint, bendPoints = [], endPoint } = edge.sections?.[0] ?? {};
  const points = [startPoint, ...bendPoints, endPoint].map((point): Point => {
    const { x, y } = moved(point ?? {}, at);
    return [x, y];
  });
  const [label] = edge.labels ?? [];
  return { points, label: label && moved(label, at) };
}

function moved(shape: Partial<Rectangle>, [left, top]: Point): Rectangle {
  const { x, y, width, height } = rectangleOf(shape);
  return {
    x: Math.round(x + left),
    y: Math.round(y + top),
    width: Math.round(width),
    height: Math.round(height),
  };
}
