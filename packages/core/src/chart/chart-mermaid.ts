import type { Chart, ChartEdge, ChartNode } from "./chart.ts";
import { formatEdge, joinEdges } from "./chart-arrow.ts";
import { outlineChart } from "./chart-outline.ts";

/** What a picture of the chart shows. */
export interface MermaidOptions {
  /** Id of the state that the session is in. It is filled. */
  readonly current?: string | undefined;
  /** Ids of the states that the session has been in. They are framed. @default [] */
  readonly visited?: readonly string[];
  /** Draw the outline only: what a first look needs. @default false */
  readonly compact?: boolean;
}

const marks = {
  visited: "stroke:#2f6feb,stroke-width:2px",
  current: "fill:#2f6feb,stroke:#2f6feb,color:#ffffff",
};

/**
 * Draws a chart as the text of a Mermaid state diagram, which GitHub shows as a picture.
 * An event that changes no state is not drawn; one that counts in every state is a note.
 *
 * @example
 * formatMermaid(createChart(), { current: "working.planning", compact: true });
 */
export function formatMermaid(chart: Chart, options: MermaidOptions = {}): string {
  const { compact = false } = options;
  const { initial, nodes, edges } = compact ? outlineChart(chart) : chart;
  const drawn = edges.filter(({ source, target }) => source !== target || !isParent(source, nodes));
  const lines = [
    "direction LR",
    ...nodes.flatMap((node) => formatNode(node, drawn)),
    `[*] --> ${nameOf(initial)}`,
    ...formatEdges(drawn.filter((edge) => edge.source !== "" && commonParent(edge) === "")),
    ...nodes.filter(({ isFinal }) => isFinal).map(({ label }) => `${label} --> [*]`),
    ...formatNotes(drawn.filter(({ source }) => source === "")),
    ...formatMarks(nodes, options),
  ];
  return ["stateDiagram-v2", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

/** The lines at the end that say where a session is and has been. */
export function formatMarks(
  nodes: readonly ChartNode[],
  { current, visited = [] }: MermaidOptions,
): readonly string[] {
  const isDrawn = (id: string) =>
    nodes.some((node) => id === node.id || id.startsWith(`${node.id}.`));
  return [
    ...formatMark(
      "visited",
      visited.filter((id) => id !== current && isDrawn(id)),
    ),
    ...formatMark("current", current !== undefined && isDrawn(current) ? [current] : []),
  ];
}

function formatNode(
  { id, label, children }: ChartNode,
  edges: readonly ChartEdge[],
): readonly string[] {
  if (children.length === 0) return [label];
  const inner = edges.filter((edge) => commonParent(edge) === id);
  const lines = [...children.flatMap((child) => formatNode(child, edges)), ...formatEdges(inner)];
  return [`state ${label} {`, "  direction TB", ...lines.map((line) => `  ${line}`), "}"];
}

function formatEdges(edges: readonly ChartEdge[]): readonly string[] {
  return joinEdges(edges).map(({ source, target, words }) => {
    const arrow = `${nameOf(source)} --> ${nameOf(target)}`;
    return words.length === 0 ? arrow : `${arrow} : ${words.join(", ")}`;
  });
}

function formatNotes(edges: readonly ChartEdge[]): readonly string[] {
  return edges.map(
    (edge) => `note right of ${nameOf(edge.target)} : ${formatEdge(edge)} in every state`,
  );
}

function formatMark(mark: keyof typeof marks, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  return [`classDef ${mark} ${marks[mark]}`, `class ${ids.map(nameOf).join(", ")} ${mark}`];
}

/** The last part of an id: no two states have the same. */
function nameOf(id: string): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

function commonParent({ source, target }: ChartEdge): string {
  const parent = source.slice(0, Math.max(0, source.indexOf(".")));
  return target.startsWith(`${parent}.`) ? parent : "";
}

function isParent(id: string, nodes: readonly ChartNode[]): boolean {
  return nodes.some((node) => node.id === id && node.children.length > 0);
}
