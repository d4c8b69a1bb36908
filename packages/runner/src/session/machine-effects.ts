import type { SessionEvent } from "@samocode/core";

/** An effect of a transition, as xstate's pure functions return it. */
export interface MachineEffect {
  readonly type: string;
  readonly params?: unknown;
}

/** A delayed event of the machine: what a state with `after` waits for. */
export interface DelayedEvent {
  readonly delayMs: number;
  /** When it is due, in ms since 1970. */
  readonly until: number;
  readonly event: SessionEvent;
}

/** Whether the effects start an agent. */
export function startsAgent(effects: readonly MachineEffect[]): boolean {
  return effects.some(
    ({ type, params }) => type === "xstate.spawnChild" && fieldOf(params, "src") === "agent",
  );
}

/** The timer that the effects of a transition at this moment arm, if it still runs after all of them: a state may be passed through. */
export function timerOf(effects: readonly MachineEffect[], at: number): DelayedEvent | undefined {
  let timer: DelayedEvent | undefined;
  for (const { type, params } of effects) {
    const delayMs = fieldOf(params, "delay");
    if (type === "xstate.cancel") timer = undefined;
    if (type !== "xstate.raise" || typeof delayMs !== "number") continue;
    // The event of an `after` timer is xstate's own; the machine takes it like any other.
    timer = { delayMs, until: at + delayMs, event: fieldOf(params, "event") as SessionEvent };
  }
  return timer;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
