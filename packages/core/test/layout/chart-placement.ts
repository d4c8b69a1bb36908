import type { ElkExtendedEdge } from "elkjs/lib/elk.bundled.js";
import { joinEdges, type ChartArrow } from "../../src/chart-arrow.ts";
import type { Chart, ChartNode } from "../../src/chart.ts";
import type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  Point,
  Rectangle,
} from "../../src/chart-layout.ts";
import { labelLength, placeLabel, placeWords } from "./chart-text.ts";
import {
  placeAcross,
  placeDown,
  rectangleOf,
  type Placement,
  type Sized,
} from "./elk-placement.ts";
import { breakLine } from "./line-break.ts";

const margin = 24;
/** Room above for the dot at which a session begins. */
const top = 38;
const frame = { head: 46, side: 26, bottom: 24 };
const part = { width: 140, height: 38 };
const whole = { width: part.width + 2 * frame.side, height: 52 };

/** Places the states, arrows and words of a chart: what goes on inside a state downwards, all else beside it. */
export async function placeChart(chart: Chart): Promise<ChartLayout> {
  const arrows = joinEdges(chart.edges);
  const among = (nodes: readonly ChartNode[]) =>
    arrows.filter(({ source }) => nodes.some(({ id }) => id === source));
  const inside = new Map<string, Placement>();
  for (const { id, children } of chart.nodes) {
    if (children.length > 0) inside.set(id, await placeParts(children, among(children), 0));
  }
  const outer = await placeAcross(
    chart.nodes.map((node) => sizeOf(node, inside.get(node.id))),
    among(chart.nodes),
    20,
  );
  const states = new Map(outer.states);
  const [first] = chart.nodes;
  const found = states.get(first?.id ?? "");
  // Nothing else stands in its column.
  if (first && found) states.set(first.id, { ...found, y: 0, height: outer.height });
  for (const { id, children } of chart.nodes) {
    const room = (states.get(id)?.height ?? 0) - frame.head - frame.bottom;
    if (children.length > 0) inside.set(id, await placeParts(children, among(children), room));
  }
  return assemble(chart, arrows, { ...outer, states }, inside);
}

/** Places the parts of a state so that they fill the height that there is. */
async function placeParts(
  nodes: readonly ChartNode[],
  arrows: readonly ChartArrow[],
  height: number,
): Promise<Placement> {
  const parts = nodes.map(({ id }) => ({ id, ...part }));
  if (arrows.length === 0) return placeAcross(parts, arrows, 20);
  let [low, high] = [22, 80];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await placeDown(parts, arrows, middle)).height > height) high = middle;
    else low = middle;
  }
  return placeDown(parts, arrows, low);
}

function sizeOf({ id, label }: ChartNode, parts: Placement | undefined): Sized {
  if (parts === undefined) {
    return { id, ...whole, width: Math.max(whole.width, Math.ceil(labelLength(label)) + 52) };
  }
  return {
    id,
    width: parts.width + 2 * frame.side,
    height: parts.height + frame.head + frame.bottom,
  };
}

function assemble(
  chart: Chart,
  arrows: readonly ChartArrow[],
  outer: Placement,
  inside: ReadonlyMap<string, Placement>,
): ChartLayout {
  const states: PlacedState[] = [];
  const placed: PlacedArrow[] = [];
  const add = (
    placement: Placement,
    nodes: readonly ChartNode[],
    offset: Point,
    parent?: PlacedState,
  ) => {
    for (const node of nodes) {
      const state = placeState(node, placement, offset, parent);
      states.push(state);
      const parts = inside.get(node.id);
      if (parts === undefined) continue;
      const spareX = (state.width - parts.width) / 2;
      const spareY = (state.height - frame.head - frame.bottom - parts.height) / 2;
      add(parts, node.children, [state.x + spareX, state.y + frame.head + spareY], state);
    }
    for (const edge of placement.edges) {
      const arrow = arrows.find(({ id }) => id === edge.id);
      if (arrow !== undefined) placed.push(placeArrow(arrow, edge, offset));
    }
  };
  add(outer, chart.nodes, [margin, top]);
  const initial = states.find(({ id }) => id === chart.initial);
  const startX = (initial?.x ?? 0) + 44;
  const startY = initial?.y ?? 0;
  return {
    width: Math.ceil(outer.width + 2 * margin),
    height: Math.ceil(outer.height + top + margin),
    start: [
      [startX, startY - 22],
      [startX, startY],
    ],
    states,
    arrows: placed,
  };
}

function placeState(
  { id, label, description, tags, isFinal, children }: ChartNode,
  placement: Placement,
  offset: Point,
  parent: PlacedState | undefined,
): PlacedState {
  const box = moved(placement.states.get(id) ?? {}, offset);
  const isGroup = children.length > 0;
  const y = isGroup ? box.y + 28 : Math.round(box.y + box.height / 2 + 4.5);
  return {
    id,
    label: placeLabel(label, box, y, parent === undefined),
    description,
    kind: isFinal ? "final" : (tags[0] ?? parent?.kind ?? ""),
    isGroup,
    ...box,
    rows: [],
  };
}

function placeArrow(arrow: ChartArrow, edge: ElkExtendedEdge, offset: Point): PlacedArrow {
  const { startPoint, bendPoints = [], endPoint } = edge.sections?.[0] ?? {};
  const points = [startPoint, ...bendPoints, endPoint].map((point): Point => {
    const { x, y } = moved(point ?? {}, offset);
    return [x, y];
  });
  const [label] = edge.labels ?? [];
  if (label === undefined) return { ...arrow, line: [points], texts: [] };
  const box = moved(label, offset);
  return { ...arrow, line: breakLine(points, box), texts: placeWords(arrow.words, box) };
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
