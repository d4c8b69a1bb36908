import type { ChartEdge } from "./chart.ts";

/** All edges of a chart from one node to another: one arrow in a picture. */
export interface ChartArrow {
  /** `SOURCE>TARGET`. */
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** The words on the arrow, one for each edge that has any: `agent.failed [mayRetry]`. */
  readonly words: readonly string[];
}

/** Joins the edges between the same two nodes. */
export function joinEdges(edges: readonly ChartEdge[]): readonly ChartArrow[] {
  const groups = new Map<string, ChartEdge[]>();
  for (const edge of edges) {
    const id = `${edge.source}>${edge.target}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [edge]);
    else group.push(edge);
  }
  return [...groups].flatMap(([id, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const words = new Set(group.map(formatEdge).filter((word) => word !== ""));
    return [{ id, source: first.source, target: first.target, words: [...words] }];
  });
}

/** What happens on an edge and on which condition: `agent.failed [mayRetry]`; `""` if nothing need happen. */
export function formatEdge({ event, guard }: ChartEdge): string {
  return [event, ...(guard === "" ? [] : [`[${guard}]`])].filter((word) => word !== "").join(" ");
}

/** The states that are always left the moment they are entered: no arrow of theirs needs an event. */
export function passedStates(edges: readonly ChartEdge[]): ReadonlySet<string> {
  const resting = new Set(edges.flatMap(({ source, event }) => (event === "" ? [] : [source])));
  return new Set(edges.flatMap(({ source }) => (resting.has(source) ? [] : [source])));
}
