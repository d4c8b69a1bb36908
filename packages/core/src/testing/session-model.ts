import { createMachine } from "xstate";
import { sessionMachine } from "../machine/machine.ts";
import { formatState, type SessionSnapshot } from "../machine/session-state.ts";

/**
 * The statechart of a session without its actors: what may follow on what, for `createTestModel` of `xstate/graph`,
 * which takes no machine that invokes anything. It decides as `sessionMachine` does.
 *
 * @example
 * sessionModel.root.states["working"]?.states["testing"]?.invoke; // []
 */
export const sessionModel = createMachine(
  withoutInvokes(sessionMachine.config),
  sessionMachine.implementations,
) as typeof sessionMachine;

/**
 * A session as a short text, for `serializeState` of `xstate/graph`: its state, its phase, and what else decides on the
 * next event. Counters are left out, so that there are finitely many.
 *
 * @example
 * serializeSession(initialTransition(sessionMachine, {})[0]); // "working.investigation in investigation"
 */
export function serializeSession({ value, context }: SessionSnapshot): string {
  const { phase, attempt, failures, next, approval, hold } = context;
  const facts = [
    ...(attempt === "mend" ? ["repairing its signal"] : []),
    ...(failures > 0 ? ["after a failure"] : []),
    ...(next === undefined ? [] : [`before ${next}`]),
    ...(approval === undefined ? [] : ["approved"]),
    ...(hold?.kind === "blocked" && hold.waitedFor !== undefined ? [`not ${hold.waitedFor}`] : []),
  ];
  return [`${formatState(value)} in ${phase}`, ...facts].join(", ");
}

function withoutInvokes<Node extends object>(node: Node): Node {
  const entries = Object.entries(node)
    .filter(([key]) => key !== "invoke")
    .map(([key, value]) => [key, key === "states" ? mapNodes(value) : value]);
  return Object.fromEntries(entries) as Node;
}

function mapNodes(nodes: Readonly<Record<string, object>>): object {
  return Object.fromEntries(
    Object.entries(nodes).map(([key, node]) => [key, withoutInvokes(node)]),
  );
}
