import type { SnapshotFrom, StateValueFrom } from "xstate";
import type { sessionMachine } from "./machine.ts";

/** A session at rest between two events, as xstate's pure `transition` gives it. */
export type SessionSnapshot = SnapshotFrom<typeof sessionMachine>;

/**
 * The name of a state as records and messages spell it.
 *
 * @example
 * formatState({ working: "planning" }); // "working.planning"
 */
export function formatState(value: StateValueFrom<typeof sessionMachine>): string {
  if (typeof value === "string") return value;
  return Object.entries(value)
    .map(([parent, child]) => `${parent}.${child}`)
    .join(" ");
}
