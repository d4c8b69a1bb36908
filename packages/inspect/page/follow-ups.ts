import type { Chart, ChartEdge } from "@samocode/core/chart";
import { lastPart, withAncestors } from "./state-words.ts";

/** What an event may lead to in a state: its arrows in the order in which they are tried. */
export interface FollowUp {
  readonly event: string;
  readonly edges: readonly ChartEdge[];
}

/** Everything that may happen in a state, event by event; what the state itself does with it comes first. */
export function listFollowUps(chart: Chart, state: string): readonly FollowUp[] {
  const events = new Map<string, ChartEdge[]>();
  for (const id of withAncestors(state)) {
    for (const edge of chart.edges) {
      if (edge.source !== id) continue;
      const known = events.get(edge.event);
      if (known === undefined) events.set(edge.event, [edge]);
      else known.push(edge);
    }
  }
  return [...events].map(([event, edges]) => ({ event, edges }));
}

/** The edges of the chart that an arrow of a picture stands for; one of the outline joins several. */
export function findEdges(chart: Chart, arrow: string): readonly ChartEdge[] {
  const [source = "", target = ""] = arrow.split(">");
  const same = chart.edges.filter((edge) => edge.source === source && edge.target === target);
  if (same.length > 0) return same;
  const isWork = target === "working" || target.startsWith("working.");
  return chart.edges.filter((edge) => {
    if (edge.source === "" || !withAncestors(edge.source).includes(source)) return false;
    const leads = edge.target !== edge.source && withAncestors(edge.target).includes(target);
    const goesOn = isWork && edge.target === "resuming" && !edge.source.startsWith("working");
    const asks = target.includes(".") && edge.guard.endsWith(` ${lastPart(target)}`);
    return leads || goesOn || asks;
  });
}
