import { passedStates } from "./chart-arrow.ts";
import type { Chart, ChartEdge, ChartNode } from "./chart.ts";

/**
 * The chart as one explains it first: the phases, what interrupts them, and the way back from there.
 *
 * Drawn by rules that know no state by name:
 * - a state that is always left the moment it is entered gives way to where its last arrow leads;
 * - between the parts of a state, arrows have no words; where the way from one part to the next leads
 *   over another state, the arrow says `via` that state;
 * - all other arrows are those between whole states that leave or enter the one in which agents work;
 * - where one of several events is named as the state that it leads to, it stands for all;
 * - conditions, and arrows that need no event or count in every state, are left out.
 */
export function outlineChart({ initial, nodes, edges }: Chart): Chart {
  const shortcuts = new Map<string, string>();
  const passing = passedStates(edges);
  for (const { source, target } of edges) {
    if (passing.has(source)) shortcuts.set(source, topOf(target));
  }
  const resolve = (id: string) => shortcuts.get(id) ?? id;
  const events = edges.filter(({ source, event }) => source !== "" && event !== "");
  const working = new Set(nodes.filter(({ tags }) => tags.includes("agent")).map(({ id }) => id));
  const outer = events
    .map(({ source, target, event }) => ({
      source: topOf(source),
      target: topOf(resolve(target)),
      event: lastPart(event),
      guard: "",
    }))
    .filter(({ source, target }) => source !== target)
    .filter(({ source, target }) => working.has(source) || working.has(target));
  return {
    initial: resolve(initial),
    nodes: nodes.filter(({ id }) => !shortcuts.has(id)),
    edges: [...nodes.flatMap((node) => innerEdges(node, events)), ...outer.filter(isTelling)],
  };
}

function innerEdges({ children }: ChartNode, edges: readonly ChartEdge[]): readonly ChartEdge[] {
  return edges.flatMap(({ source, target, guard }) => {
    if (!children.some(({ id }) => id === source)) return [];
    const next = children.find(({ label }) => label === guard.slice(guard.lastIndexOf(" ") + 1));
    const to = next?.id ?? target;
    if (to === source || !children.some(({ id }) => id === to)) return [];
    return [
      { source, target: to, event: to === target ? "" : `via ${lastPart(target)}`, guard: "" },
    ];
  });
}

function isTelling(edge: ChartEdge, _index: number, edges: readonly ChartEdge[]): boolean {
  const isNamed = edges.some(
    ({ source, target, event }) =>
      source === edge.source && target === edge.target && event === target,
  );
  return !isNamed || edge.event === edge.target;
}

function topOf(id: string): string {
  return id.split(".", 1).join();
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
