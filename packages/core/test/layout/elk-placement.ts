import Elk, {
  type ElkExtendedEdge,
  type ElkNode,
  type LayoutOptions,
} from "elkjs/lib/elk.bundled.js";
import type { Rectangle } from "../../src/chart/chart-layout.ts";
import type { SketchArrow } from "./chart-sketch.ts";
import { sizeOfWords } from "./chart-text.ts";

const elk = new Elk.default();

const common: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};
/** Side by side, one under the other where nothing leads from one to the other; lines are straight. */
const across: LayoutOptions = {
  ...common,
  "elk.direction": "RIGHT",
  "elk.spacing.edgeEdge": "4",
  "elk.spacing.edgeLabel": "0",
  "elk.spacing.labelLabel": "0",
  "elk.separateConnectedComponents": "false",
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.nodePlacement.networkSimplex.nodeFlexibility.default": "NODE_SIZE",
};
/** One under the other, in the order of the workflow. */
const down: LayoutOptions = {
  ...common,
  "elk.direction": "DOWN",
  "elk.layered.edgeLabels.centerLabelPlacementStrategy": "TAIL_LAYER",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeNode": "8",
  "elk.spacing.nodeNode": "24",
};

const overhang = 10;

/** A state that is to be placed. */
export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Where an arrow meets a state, from its left upper corner. */
export interface Meeting {
  readonly arrow: string;
  readonly x: number;
  readonly y: number;
}

/** States and arrows in their places, without what is inside of the states. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly states: ReadonlyMap<string, Rectangle>;
  readonly edges: readonly ElkExtendedEdge[];
}

/**
 * Places states beside each other.
 *
 * @param meetings Where arrows meet a state; if there is none, elk has a free hand.
 */
export async function placeAcross(
  states: readonly Sized[],
  arrows: readonly SketchArrow[],
  meetings: ReadonlyMap<string, readonly Meeting[]>,
): Promise<Placement> {
  const graph = createGraph(states, arrows, {
    ...across,
    "elk.spacing.nodeNode": [...meetings.values()].some((own) => own.length === 0) ? "32" : "20",
    "elk.layered.considerModelOrder.strategy": "PREFER_NODES",
    "elk.layered.crossingMinimization.forceNodeModelOrder": "true",
  });
  const grown: string[] = [];
  for (const node of graph.children) {
    const fixed = meetings.get(node.id);
    if (fixed?.length === 0) grown.push(node.id);
    for (const { arrow, x, y } of fixed ?? []) {
      const edge = graph.edges.find(({ id }) => id === arrow);
      const end = [edge?.sources, edge?.targets].find((ids) => ids?.[0] === node.id);
      if (end !== undefined) end[0] = addPort(node, arrow, x, y);
    }
  }
  return grow(await place(graph), grown);
}

/** Lets states reach beyond the arrows at their corners. */
function grow(placement: Placement, ids: readonly string[]): Placement {
  const states = new Map(placement.states);
  for (const id of ids) {
    const { x, y, width, height } = rectangleOf(states.get(id) ?? {});
    states.set(id, { x, y: y - overhang, width, height: height + 2 * overhang });
  }
  const bottoms = [...states.values()].map(({ y, height }) => y + height);
  return { ...placement, states, height: Math.max(placement.height, ...bottoms) };
}

/** Places states under each other. */
export async function placeDown(
  states: readonly Sized[],
  arrows: readonly SketchArrow[],
  gap: number,
): Promise<Placement> {
  const graph = createGraph(states, arrows, {
    ...down,
    "elk.layered.spacing.nodeNodeBetweenLayers": String(gap),
  });
  // Where no arrow leads from a state to the next, the order of the two would be left to chance.
  for (const [index, { id }] of states.entries()) {
    const next = states[index + 1];
    if (next === undefined || arrows.some((a) => a.source === id && a.target === next.id)) continue;
    graph.edges.push({ id: `${id} before`, sources: [id], targets: [next.id] });
  }
  keepStraight(graph.children, graph.edges);
  return place(graph);
}

type Graph = ElkNode & { readonly children: ElkNode[]; readonly edges: ElkExtendedEdge[] };

function createGraph(
  states: readonly Sized[],
  arrows: readonly SketchArrow[],
  layoutOptions: LayoutOptions,
): Graph {
  const order = states.map(({ id }) => id);
  return {
    id: "chart",
    layoutOptions,
    children: states.map(({ id, width, height }) => ({ id, width, height })),
    edges: arrows.map(({ id, source, target, lines }) => ({
      id,
      sources: [source],
      targets: [target],
      labels:
        lines.length === 0
          ? []
          : [
              {
                id: `${id} words`,
                text: id,
                ...sizeOfWords(lines),
                layoutOptions: { "elk.edgeLabels.inline": "true" },
              },
            ],
      layoutOptions: {
        "elk.layered.priority.direction":
          order.indexOf(source) < order.indexOf(target) ? "100" : "0",
      },
    })),
  };
}

async function place(graph: Graph): Promise<Placement> {
  const { width = 0, height = 0, children = [] } = await elk.layout(graph);
  return {
    width,
    height,
    states: new Map(children.map((node) => [node.id, rectangleOf(node)])),
    edges: graph.edges,
  };
}

/** Keeps the way from a state to the next straight; the way back runs beside it, ways past a state around it. */
function keepStraight(nodes: readonly ElkNode[], edges: readonly ElkExtendedEdge[]): void {
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  let side = -1;
  for (const { id, sources, targets, layoutOptions } of edges) {
    const steps = (places.get(targets.join()) ?? 0) - (places.get(sources.join()) ?? 0);
    if (Math.abs(steps) > 1) side = -side;
    if (steps === 1) {
      Object.assign(layoutOptions ?? {}, { "elk.layered.priority.straightness": "10" });
    }
    for (const end of [sources, targets]) {
      const node = nodes.find((other) => other.id === end[0]);
      if (node === undefined) continue;
      const half = (node.width ?? 0) / 2;
      const offset = steps === 1 ? 0 : steps === -1 ? half - 26 : (half - 10) * side;
      const y = (end === targets) === steps > 0 ? 0 : (node.height ?? 0);
      end[0] = addPort(node, id, half + offset, y);
    }
  }
}

function addPort(node: ElkNode, name: string, x: number, y: number): string {
  const id = `${node.id} ${name}`;
  node.ports = [...(node.ports ?? []), { id, x, y, width: 0, height: 0 }];
  node.layoutOptions = { "elk.portConstraints": "FIXED_POS" };
  return id;
}

/** The rectangle of what elk has placed. */
export function rectangleOf({
  x = 0,
  y = 0,
  width = 0,
  height = 0,
}: Partial<Rectangle>): Rectangle {
  return { x, y, width, height };
}
