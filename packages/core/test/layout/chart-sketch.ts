import {
  formatEdge,
  joinEdges,
  passedStates,
  type ChartArrow,
} from "../../src/chart/chart-arrow.ts";
import type { Chart, ChartEdge, ChartNode } from "../../src/chart/chart.ts";
import { outlineChart } from "../../src/chart/chart-outline.ts";

/** A line of text, with the edge that it stands for where it is one. */
export interface SketchLine {
  readonly text: string;
  readonly edge?: ChartEdge;
}

/** An arrow with the lines of text on it. */
export interface SketchArrow extends ChartArrow {
  readonly lines: readonly SketchLine[];
}

/** What a picture shows, before anything has its place. */
export interface Sketch {
  readonly initial: string;
  readonly nodes: readonly ChartNode[];
  readonly arrows: readonly SketchArrow[];
  /** What is told in the box of a state and not with an arrow. */
  readonly rows: ReadonlyMap<string, readonly SketchLine[]>;
}

/** The outline: the words of an arrow stand in one line. */
export function sketchOutline(chart: Chart): Sketch {
  const { initial, nodes, edges } = outlineChart(chart);
  const arrows = joinEdges(edges).map((arrow) => ({
    ...arrow,
    lines: arrow.words.length === 0 ? [] : [{ text: arrow.words.join(", ") }],
  }));
  return { initial, nodes, arrows, rows: new Map() };
}

/**
 * The whole chart. These edges are rows in the box of the state that they leave, for as arrows they would
 * cover the picture: from and to a state that is left the moment it is entered, from a state to itself,
 * from every state, and those that more than two states have in common.
 */
export function sketchWhole({ initial, nodes, edges }: Chart): Sketch {
  const passing = passedStates(edges);
  const common = new Map<string, number>();
  for (const edge of edges.filter(({ source, target }) => source !== target)) {
    common.set(wayOf(edge), (common.get(wayOf(edge)) ?? 0) + 1);
  }
  const isRow = (edge: ChartEdge) =>
    edge.source === "" ||
    edge.source === edge.target ||
    passing.has(edge.source) ||
    passing.has(edge.target) ||
    (common.get(wayOf(edge)) ?? 0) > 2;
  const rows = new Map<string, SketchLine[]>();
  for (const edge of edges.filter(isRow)) {
    rows.set(edge.source, [...(rows.get(edge.source) ?? []), { text: formatRow(edge), edge }]);
  }
  const drawn = edges.filter((edge) => !isRow(edge));
  const arrows = joinEdges(drawn).map((arrow) => ({
    ...arrow,
    lines: drawn
      .filter(({ source, target }) => source === arrow.source && target === arrow.target)
      .map((edge) => ({ text: formatEdge(edge), edge })),
  }));
  return { initial, nodes: [everyState, ...nodes], arrows, rows };
}

const everyState: ChartNode = {
  id: "",
  label: "in every state",
  description: "What can happen in every state.",
  tags: [],
  isFinal: false,
  children: [],
};

function wayOf(edge: ChartEdge): string {
  return `${formatEdge(edge)} ${edge.target}`;
}

function formatRow(edge: ChartEdge): string {
  const words = formatEdge(edge) || "else";
  if (edge.source === edge.target) return words;
  return `${words} → ${edge.target.slice(edge.target.lastIndexOf(".") + 1)}`;
}
