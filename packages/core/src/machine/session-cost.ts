import type { SessionMemory } from "./session-context.ts";

/**
 * What a session has cost, as people read it: the figure is the least it can be where an iteration has ended without
 * telling what it had cost.
 *
 * @example
 * formatCost({ costUsd: 1.5, costIsLeast: true }); // "at least $1.50"
 */
export function formatCost({
  costUsd,
  costIsLeast,
}: Pick<SessionMemory, "costUsd" | "costIsLeast">): string {
  return `${costIsLeast === true ? "at least " : ""}$${costUsd.toFixed(2)}`;
}

/** The figure in a cost that {@link formatCost} has written, or a person; 0 if there is none. */
export function parseCost(text: string): number {
  return Number(/\$?(\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0);
}
