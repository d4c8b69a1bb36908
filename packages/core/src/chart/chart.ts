import type { AnyStateMachine, AnyStateNode } from "xstate";
import { sessionMachine } from "../machine/machine.ts";

/** A state of the chart, with the states in it. */
export interface ChartNode {
  /** Name of the state as records spell it: `working.planning`. */
  readonly id: string;
  /** The last part of the name. */
  readonly label: string;
  readonly description: string;
  /** What runs or is waited for here: `agent`, `tests`, `timer`, `person`, `rest`. */
  readonly tags: readonly string[];
  readonly isFinal: boolean;
  readonly children: readonly ChartNode[];
}

/** An arrow of the chart. */
export interface ChartEdge {
  /** Id of a node; `""`, the whole chart, where the event counts in every state. */
  readonly source: string;
  /** Id of a node; that of the source where the event changes no state. */
  readonly target: string;
  /** What happens; `after backOff` for a delay, `""` if nothing need happen. */
  readonly event: string;
  /** The condition, such as `mayGo planning`; `""` if there is none. */
  readonly guard: string;
}

/** A statechart as data: what a page or a picture is drawn from. */
export interface Chart {
  /** Id of the node that a session is entered in. */
  readonly initial: string;
  readonly nodes: readonly ChartNode[];
  /** If several leave a node on the same event, the first counts whose condition holds. */
  readonly edges: readonly ChartEdge[];
}

/**
 * Reads the chart of a session off the machine itself; or that of another machine of xstate.
 *
 * @example
 * createChart().nodes.map((node) => node.id); // ["resuming", "working", "verifying", …]
 */
export function createChart(machine: AnyStateMachine = sessionMachine): Chart {
  const { root } = machine;
  return {
    initial: root.initial.target.map(idOf).join(),
    nodes: childrenOf(root).map(createNode),
    edges: createEdges(root),
  };
}

function createNode(node: AnyStateNode): ChartNode {
  return {
    id: idOf(node),
    label: node.key,
    description: node.description ?? "",
    tags: [...node.tags],
    isFinal: node.type === "final",
    children: childrenOf(node).map(createNode),
  };
}

function createEdges(node: AnyStateNode): readonly ChartEdge[] {
  const delays = new Map(
    node.after.map(({ eventType, delay }) => [eventType, `after ${String(delay)}`]),
  );
  const transitions = [...(node.always ?? []), ...[...node.transitions.values()].flat()];
  const edges = transitions.flatMap(({ eventType, guard, target = [node] }) =>
    target.map((to) => ({
      source: idOf(node),
      target: idOf(to),
      event: delays.get(eventType) ?? eventType,
      guard: formatGuard(guard),
    })),
  );
  return [...edges, ...childrenOf(node).flatMap(createEdges)];
}

function childrenOf(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(node.states);
}

function idOf({ path }: AnyStateNode): string {
  return path.join(".");
}

function formatGuard(guard: unknown): string {
  if (typeof guard === "string") return guard;
  if (typeof guard !== "object" || guard === null || !("type" in guard)) return "";
  const params = "params" in guard && typeof guard.params === "object" ? guard.params : {};
  return [guard.type, ...Object.values(params ?? {})].join(" ");
}
