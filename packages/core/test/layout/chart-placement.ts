import type { ElkExtendedEdge } from "elkjs/lib/elk.bundled.js";
import type { ChartNode } from "../../src/chart.ts";
import type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  Point,
  Rectangle,
} from "../../src/chart-layout.ts";
import type { Sketch, SketchArrow } from "./chart-sketch.ts";
import { placeLabel, placeRows, placeWords } from "./chart-text.ts";
import {
  placeAcross,
  placeDown,
  rectangleOf,
  type Placement,
  type Sized,
} from "./elk-placement.ts";
import { routeExits, type Exit } from "./exits.ts";
import { breakLine } from "./line-break.ts";
import { meetingsOf } from "./meetings.ts";
import { exitsOf, frameOf, rowsOf, sizesOfParts, sizesOfWholes, topOf } from "./state-size.ts";

const margin = 24;
/** Room above for the dot at which a session begins. */
const top = 38;
const gapOfColumns = 32;

/** Places the states, arrows and words of a chart: what goes on inside a state downwards, all else beside it. */
export async function placeChart(sketch: Sketch): Promise<ChartLayout> {
  const parts = await placeAllParts(sketch, new Map());
  const sizes = sizesOfWholes(sketch, parts);
  const arrows = sketch.arrows
    .map((arrow) => ({ ...arrow, source: topOf(arrow.source), target: topOf(arrow.target) }))
    .filter(({ source, target }) => source !== target);
  const isBound = ({ id }: Sized) =>
    arrows.some(({ source, target }) => source === id || target === id);
  const [hub, ...others] = sizes.filter(isBound);
  if (hub === undefined) throw new Error("cannot place a chart without an arrow");
  const loose = sizes.filter((size) => !isBound(size));
  const aside = await placeAcross(
    loose.toSorted((a, b) => Number(b.id === sketch.initial) - Number(a.id === sketch.initial)),
    [],
    new Map(),
  );
  const outer = await placeAcross(
    [hub, ...others],
    arrows,
    new Map(others.map((size) => [size.id, meetingsOf(size, sketch, hub.id, parts.get(size.id))])),
  );
  // Nothing else stands in the column of the hub.
  const states = new Map(outer.states).set(hub.id, {
    ...rectangleOf(outer.states.get(hub.id) ?? {}),
    y: 0,
    height: outer.height,
  });
  return assemble(sketch, aside, { ...outer, states }, await placeAllParts(sketch, states));
}

async function placeAllParts(
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
