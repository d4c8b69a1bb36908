import Elk, {
  type ElkExtendedEdge,
  type ElkNode,
  type LayoutOptions,
} from "elkjs/lib/elk.bundled.js";
import type { ChartArrow } from "../../src/chart-arrow.ts";
import type { Rectangle } from "../../src/chart-layout.ts";
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
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.considerModelOrder.strategy": "PREFER_NODES",
  "elk.layered.nodePlacement.networkSimplex.nodeFlexibility.default": "NODE_SIZE",
};
/** One under the other, in the order of the workflow. */
const down: LayoutOptions = {
  ...common,
  "elk.direction": "DOWN",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeNode": "8",
  "elk.spacing.nodeNode": "24",
};

/** A state that is to be placed. */
export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** States and arrows in their places, without what is inside of the states. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly states: ReadonlyMap<string, Rectangle>;
  readonly edges: readonly ElkExtendedEdge[];
}

/** Places states beside each other. */
export async function placeAcross(
  states: readonly Sized[],
  arrows: readonly ChartArrow[],
  gap: number,
): Promise<Placement> {
  const graph = createGraph(states, arrows, { ...across, "elk.spacing.nodeNode": String(gap) });
  meetInTheMiddle(graph.children.slice(1), graph.edges);
  return place(graph);
}

/** Places states under each other. */
export async function placeDown(
  states: readonly Sized[],
  arrows: readonly ChartArrow[],
  gap: number,
): Promise<Placement> {
  const graph = createGraph(states, arrows, {
    ...down,
    "elk.layered.spacing.nodeNodeBetweenLayers": String(gap),
  });
  keepStraight(graph.children, graph.edges);
  return place(graph);
}

type Graph = ElkNode & { readonly children: ElkNode[]; readonly edges: ElkExtendedEdge[] };

function createGraph(
  states: readonly Sized[],
  arrows: readonly ChartArrow[],
  layoutOptions: LayoutOptions,
): Graph {
  const order = states.map(({ id }) => id);
  return {
    id: "chart",
    layoutOptions,
    children: states.map(({ id, width, height }) => ({ id, width, height })),
    edges: arrows.map(({ id, source, target, words }) => ({
      id,
      sources: [source],
      targets: [target],
      labels:
        words.length === 0
          ? []
          : [
              {
                id: `${id} words`,
                text: words.join(" "),
                ...sizeOfWords(words),
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

/** Lets lines meet a state in the middle of its side and not at its corners. */
function meetInTheMiddle(nodes: readonly ElkNode[], edges: readonly ElkExtendedEdge[]): void {
  for (const node of nodes) {
    const ends = edges
      .flatMap(({ sources, targets }) => [sources, targets])
      .filter(([end]) => end === node.id);
    for (const [index, end] of ends.entries()) {
      const y = (node.height ?? 0) / 2 + 24 * (index - (ends.length - 1) / 2);
      end[0] = addPort(node, String(index), 0, y);
    }
  }
}

/** Keeps the way from a state to the next straight; the way back runs beside it, ways past a state around it. */
function keepStraight(nodes: readonly ElkNode[], edges: readonly ElkExtendedEdge[]): void {
  const places = new Map(nodes.map(({ id }, index) => [id, index]));
  let side = -1;
  for (const { id, sources, targets, layoutOptions } of edges) {
    const steps = (places.get(targets.join()) ?? 0) - (places.get(sources.join()) ?? 0);
    if (Math.abs(steps) > 1) side = -side;
    if (steps === 1)
      Object.assign(layoutOptions ?? {}, { "elk.layered.priority.straightness": "10" });
    const offset = steps === 1 ? 0 : steps === -1 ? 44 : 60 * side;
    for (const end of [sources, targets]) {
      const node = nodes.find((other) => other.id === end[0]);
      if (node === undefined) continue;
      const y = (end === targets) === steps > 0 ? 0 : (node.height ?? 0);
      end[0] = addPort(node, id, (node.width ?? 0) / 2 + offset, y);
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
